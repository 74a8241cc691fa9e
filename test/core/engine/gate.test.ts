import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bruteForce } from "../../../src/core/detectors/brute-force.js";
import type { Detector } from "../../../src/core/detectors/detector.js";
import { passwordSpraying } from "../../../src/core/detectors/password-spraying.js";
import { successAfterFailures } from "../../../src/core/detectors/success-after-failures.js";
import { userEnumeration } from "../../../src/core/detectors/user-enumeration.js";
import { definePolicy, type Policy } from "../../../src/core/engine/policy.js";
import { whileDetected } from "../../../src/core/engine/while-detected.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { failedAttempts } from "../../../src/core/rules/failed-attempts.js";
import type { Rule } from "../../../src/core/rules/rule.js";
import { createState } from "../../../src/core/state/login-state.js";
import { advance } from "../../../src/core/verbs/advance.js";
import { streams } from "../../support/attempts.js";
import { login } from "../../support/login.js";

const within = { seconds: 20 };
const detectors: Detector[] = [
  bruteForce({ limit: 2, within }),
  passwordSpraying({ limit: 2, within }),
  userEnumeration({ limit: 1, within }),
  successAfterFailures({ limit: 2, within }),
];
const rules: Rule[] = [
  failedAttempts({ flagAt: 1, blockAt: 3, within, challengeAccountAt: 3, accountWithin: { seconds: 30 } }),
  ...detectors.filter(({ momentary }) => !momentary).map((detector) => whileDetected(detector, "BLOCK")),
];

const asked = (rule: Rule): Rule => ({ ...rule, gated: () => false });
const limitless = (detector: Detector): Detector => ({ ...detector, limits: [] });

const gated = definePolicy({ id: "gates", rules, detectors });
const ungated = definePolicy({ id: "gates", rules: rules.map(asked), detectors: detectors.map(limitless) });

/** Some events bring a figure of failures from outside. */
const withHistory = streams({ maxLength: 45, accounts: ["ann", "bob", "cid"] }).chain((stream) =>
  fc
    .array(fc.constantFrom(undefined, undefined, undefined, 0, 1, 3), { minLength: stream.length, maxLength: stream.length })
    .map((given) =>
      stream.map((event, i): LoginEvent => (given[i] === undefined ? event : { ...event, history: { failedAttempts: given[i] } })),
    ),
);

function said(policy: Policy, stream: readonly LoginEvent[]): unknown[] {
  let state = createState();
  return stream.map((event) => {
    const { state: next, ...said } = advance(event, state, policy);
    state = next;
    return said;
  });
}

describe("a gate is a matter of speed alone", () => {
  it("rules that are not asked below their limits would have said nothing, and detectors would have found nothing", () => {
    fc.assert(
      fc.property(withHistory, (stream) => {
        expect(said(gated, stream)).toEqual(said(ungated, stream));
      }),
      { numRuns: 250 },
    );
  });

  it("failures of a familiar device are flagged from whatever address they come", () => {
    const device = { client: { deviceId: "laptop" } };
    const stream = [
      login(1, { outcome: "success", ...device }),
      login(2, { ip: "192.0.2.2", ...device }),
      login(3, { ip: "192.0.2.3", ...device }),
    ];
    const [asking] = said(definePolicy({ id: "gates", rules: [rules[0]!] }), stream).slice(-1) as { decision: { action: string } }[];
    expect(asking!.decision.action).toBe("FLAG");
  });
});
