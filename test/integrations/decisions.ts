import fc from "fast-check";
import type { Action, Decision, Verdict } from "../../src/index.js";

/** Stands in every fact, and must never come out. */
export const secret = "secret-fact-198.51.100.7";

/** A verdict with facts that nobody may be told. */
export function verdict(rule: string, action: Verdict["action"], more: Partial<Verdict> = {}): Verdict {
  return { rule, action, facts: { account: secret, [secret]: 7 }, ...more };
}

/** A decision as the engine gives them. */
export function decision(action: Action, more: Partial<Decision> = {}): Decision {
  const degraded = [{ kind: "store-failure", detail: secret, did: "ABSTAIN" }] as const;
  return {
    action,
    verdicts: [],
    overruled: [],
    shadow: [verdict("shadowy", "BLOCK")],
    degraded,
    policy: { id: secret, version: secret },
    ...more,
  };
}

const rules = fc.constantFrom("failed-attempts", "malicious-ip", "disabled-account");
const verdicts = fc.array(
  fc
    .record({ rule: rules, action: fc.constantFrom("FLAG" as const, "CHALLENGE" as const, "BLOCK" as const) })
    .map(({ rule, action }) => verdict(rule, action)),
  { maxLength: 4 },
);

/** Any decision. */
export const anyDecision: fc.Arbitrary<Decision> = fc
  .record({
    action: fc.constantFrom("ALLOW" as const, "FLAG" as const, "CHALLENGE" as const, "BLOCK" as const),
    verdicts,
    retryAt: fc.option(fc.integer({ min: -1e12, max: 1e13 }), { nil: undefined }),
    require: fc.option(fc.subarray(["mfa", "captcha"] as const, { minLength: 1 }), { nil: undefined }),
  })
  .map(({ action, verdicts, retryAt, require }) =>
    decision(action, {
      verdicts,
      ...(retryAt === undefined ? {} : { retryAt }),
      ...(require === undefined || action !== "CHALLENGE" ? {} : { require }),
    }),
  );
