import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passwordSpraying } from "../../../src/core/detectors/password-spraying.js";
import { userEnumeration } from "../../../src/core/detectors/user-enumeration.js";
import { definePolicy, type Policy, type PolicyDefinition } from "../../../src/core/engine/policy.js";
import { whileDetected } from "../../../src/core/engine/while-detected.js";
import { strictness } from "../../../src/core/model/action.js";
import type { Decision } from "../../../src/core/model/decision.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { failedAttempts } from "../../../src/core/rules/failed-attempts.js";
import { createState, type LoginState } from "../../../src/core/state/login-state.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { login } from "../../support/login.js";

const within = { seconds: 30 };
const attempts = failedAttempts({ flagAt: 1, blockAt: 2, within, challengeAccountAt: 3, accountWithin: { seconds: 50 } });
const spraying = whileDetected(passwordSpraying({ limit: 2, within }), "BLOCK");
const probing = whileDetected(userEnumeration({ limit: 2, within: { seconds: 20 } }), "CHALLENGE");

const policyOf = (rules: PolicyDefinition["rules"], choices: Partial<PolicyDefinition> = {}): Policy =>
  definePolicy({ id: "lifting", rules, ...choices });
const remember = (stream: readonly LoginEvent[], policy: Policy): LoginState =>
  stream.reduce((state, event) => track(event, state, policy), createState());

const asked = fc.record({
  account: fc.constantFrom("ann", "bob"),
  ip: fc.constantFrom("192.0.2.1", "192.0.2.2"),
  second: fc.nat(60),
  device: fc.constantFrom(undefined, "laptop"),
  given: fc.constant(undefined),
});
const askedWithFigure = fc.tuple(asked, fc.constantFrom(undefined, 0, 2, 3, 9)).map(([asked, given]) => ({ ...asked, given }));
type Asked = typeof askedWithFigure extends fc.Arbitrary<infer A> ? A : never;

function attemptAt(at: number, { account, ip, device, given }: Asked): LoginEvent {
  return login(at, {
    id: "asking",
    account,
    ip,
    outcome: "pending",
    ...(device === undefined ? {} : { client: { deviceId: device } }),
    ...(given === undefined ? {} : { history: { failedAttempts: given } }),
  });
}

/** A decision that lifts, and what the same attempt meets just before and at that time. */
interface Lifting {
  readonly now: Decision;
  readonly before: Decision;
  readonly lifted: Decision;
}

/** Looks at every decision that has a `retryAt`. */
function looks(
  policy: Policy,
  only: (event: LoginEvent) => boolean,
  look: (lifting: Lifting) => void,
  who: fc.Arbitrary<Asked> = asked,
): void {
  const drawn = streams({ maxLength: 40, seconds: 45, accounts: ["ann", "bob", "cid"], ips: ["192.0.2.1", "192.0.2.2"] });
  let lifting = 0;
  fc.assert(
    fc.property(drawn, fc.array(who, { minLength: 6, maxLength: 6 }), (stream, asked) => {
      const state = remember(stream.filter(only), policy);
      for (const who of asked) {
        const decide = (at: number): Decision => evaluateLogin(attemptAt(at, who), state, policy);
        const [at, now] = [who.second * 1000, decide(who.second * 1000)];
        if (now.retryAt === undefined) continue;
        lifting++;
        expect(now.retryAt).toBeGreaterThan(at);
        look({ now, before: decide(now.retryAt - 1), lifted: decide(now.retryAt) });
      }
    }),
    { numRuns: 200 },
  );
  expect(lifting).toBeGreaterThan(50);
}

const everything = (): boolean => true;
const noSuccess = ({ outcome }: LoginEvent): boolean => outcome !== "success";
const softens = ({ now, before, lifted }: Lifting): void => {
  expect(before.action).toBe(now.action);
  expect(strictness(lifted.action)).toBeLessThan(strictness(now.action));
};

describe("retryAt holds: with nothing more tracked, the same attempt meets a softer action then, and not a millisecond before", () => {
  it("under limits", () => {
    looks(policyOf([attempts]), everything, softens);
  });

  it("while a pattern is detected, where no honest crowd excuses the source", () => {
    looks(policyOf([attempts, spraying, probing]), noSuccess, softens);
  });

  it("where a figure of failures is given from outside", () => {
    looks(policyOf([attempts]), everything, softens, askedWithFigure);
  });

  it("where a challenge counts as a flag", () => {
    looks(policyOf([attempts, spraying, probing], { withoutChallenge: "FLAG" }), noSuccess, softens);
  });

  it("where a challenge counts as a block", () => {
    looks(policyOf([attempts, spraying, probing], { withoutChallenge: "BLOCK" }), noSuccess, softens);
  });
});

describe("where a crowd may excuse a source sooner, and may have gone later", () => {
  it("the rules that determined a decision have all lifted at its retryAt", () => {
    looks(policyOf([attempts, spraying, probing]), everything, ({ now, lifted }) => {
      for (const { rule, action } of now.verdicts.filter(({ action }) => action === now.action)) {
        const later = lifted.verdicts.find((verdict) => verdict.rule === rule)?.action ?? "ALLOW";
        expect([rule, strictness(later) < strictness(action)]).toEqual([rule, true]);
      }
    });
  });
});

describe("a figure given from outside does not lift by itself", () => {
  it("so no time is promised, even where the tracked failures will have lifted", () => {
    const policy = policyOf([failedAttempts({ flagAt: 2, blockAt: 3, within })]);
    const state = remember([login(1000), login(2000), login(3000)], policy);
    const asking = (failedAttempts: number, at: number) =>
      evaluateLogin(login(at, { id: "asking", outcome: "pending", history: { failedAttempts } }), state, policy);
    expect(asking(0, 4000)).toMatchObject({ action: "BLOCK", retryAt: 31_000 });
    expect(asking(0, 31_000).action).toBe("FLAG");
    expect(asking(3, 31_000).action).toBe("BLOCK");
    expect(asking(3, 4000).retryAt).toBeUndefined();
  });
});

describe("a block that counts challenges as blocks", () => {
  it("promises no time at which the account's pressure still holds", () => {
    const policy = policyOf([failedAttempts({ flagAt: 2, blockAt: 3, within, challengeAccountAt: 3, accountWithin: { minutes: 5 } })], {
      withoutChallenge: "BLOCK",
    });
    const state = remember([login(1000), login(2000), login(3000)], policy);
    const asking = (at: number) => evaluateLogin(login(at, { id: "asking", outcome: "pending" }), state, policy);
    expect(asking(asking(4000).retryAt ?? Number.MAX_SAFE_INTEGER).action).not.toBe("BLOCK");
  });
});
