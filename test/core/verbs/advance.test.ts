import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { byAccount } from "../../../src/core/aggregates/grouping.js";
import { failed } from "../../../src/core/aggregates/outcome-predicates.js";
import { predicate } from "../../../src/core/aggregates/predicate.js";
import { bruteForce } from "../../../src/core/detectors/brute-force.js";
import { definePolicy, type Policy } from "../../../src/core/engine/policy.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createDefaultPolicy, defaultPolicy } from "../../../src/core/policies/default.js";
import { abstain, defineRule } from "../../../src/core/rules/rule.js";
import { createState, type LoginState } from "../../../src/core/state/login-state.js";
import { snapshot } from "../../../src/core/state/snapshot.js";
import { advance, type Outcomes } from "../../../src/core/verbs/advance.js";
import { detect } from "../../../src/core/verbs/detect.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { exposing } from "../../support/exposing.js";
import { fourKinds } from "../../support/four-kinds.js";
import { groupsOf } from "../../support/groups-of.js";
import { login } from "../../support/login.js";

const within = { seconds: 30 };
const quick = createDefaultPolicy({
  failedAttempts: { flagAt: 1, blockAt: 3, within, challengeAccountAt: 3, accountWithin: within },
  bruteForce: { limit: 2, within },
  passwordSpraying: { limit: 2, within },
  successAfterFailures: { limit: 1, within },
  userEnumeration: { limit: 1, within },
});
/** A detector whose groups nothing protects: they leave when room is short. */
const unprotected = definePolicy({
  id: "unprotected",
  detectors: [bruteForce({ limit: 1, within })],
  rules: [
    defineRule({
      id: "reads-accounts",
      summary: "Makes more groups.",
      phase: "before",
      reads: { failures: count({ where: failed, by: byAccount, within, limit: 1 }) },
      evaluate: () => abstain,
      explain: () => "",
    }),
  ],
});
const failingAlias = definePolicy({
  id: "failing-alias",
  rules: quick.rules,
  alias: (account) => {
    if (account === "bob") throw new Error("no directory");
    return account;
  },
});

const accounts = ["ann", "bob", "cid", "dot", "eve", "fay"];

describe("advance is evaluateLogin, detect and track in one pass", () => {
  it.each<[string, Policy, number]>([
    ["the default policy", defaultPolicy, 1_000_000],
    ["the default policy, quick to speak", quick, 1_000_000],
    ["the same in a small memory", quick, 24],
    ["all four kinds of memory", fourKinds, 1_000_000],
    ["all four kinds in a small memory", fourKinds, 9],
    ["groups that may leave at any time", unprotected, 4],
    ["an alias that throws at times", failingAlias, 1_000_000],
  ])("under %s", (_, policy, maxGroups) => {
    fc.assert(
      fc.property(streams({ maxLength: 35, seconds: 50, accounts, tenants: [undefined, "acme"] }), (stream) => {
        let state = createState({ maxGroups });
        for (const event of stream) {
          const advanced = advance(event, state, policy);
          const [decision, after] = [evaluateLogin(event, state, policy), track(event, state, policy)];
          expect(advanced.decision).toEqual(decision);
          expect(advanced.detections).toEqual(detect(event, state, after, policy));
          expect([...snapshot(advanced.state)]).toEqual([...snapshot(after)]);
          state = advanced.state;
        }
      }),
      { numRuns: 40 },
    );
  });

  it("takes the default policy and outcomes as recorded unless told otherwise", () => {
    const event = login(1, { outcome: "success", account: { id: "ann", status: "disabled" } });
    expect(advance(event, createState()).decision.policy.id).toBe("default");
    expect(groupsOf(advance(event, createState()).state)).toEqual(groupsOf(track(event, createState(), defaultPolicy)));
  });
});

function runOn(stream: readonly LoginEvent[], policy: Policy, outcomes: Outcomes) {
  let state: LoginState = createState();
  return stream.map((event) => {
    const before = state;
    const advanced = advance(event, state, policy, outcomes);
    state = advanced.state;
    return { event, before, ...advanced };
  });
}

describe("outcomes taken as recorded", () => {
  it("are tracked as they were, whatever the policy says", () => {
    const state = runOn(
      [1, 2, 3, 4, 5].map((at) => login(at)),
      quick,
      "recorded",
    ).at(-1)!.state;
    expect(evaluateLogin(login(9), state, quick).retryAt).toBe(3 + 30_000);
    const proven = runOn(
      [1, 2, 3, 4].map((at) => login(at, { outcome: at === 4 ? "success" : "failure" })),
      quick,
      "recorded",
    );
    expect(proven.at(-1)!.decision.action).toBe("BLOCK");
    expect(evaluateLogin(login(9, { outcome: "pending" }), proven.at(-1)!.state, quick).action).not.toBe("BLOCK");
  });
});

describe("outcomes simulated", () => {
  it("a login that the policy blocks is tracked as blocked, any other as it was", () => {
    fc.assert(
      fc.property(streams({ maxLength: 35, seconds: 40 }), fc.constantFrom(quick, fourKinds), (stream, policy) => {
        for (const { event, before, decision, state } of runOn(stream, policy, "simulated")) {
          const { failure: _, ...rest } = event;
          const tracked: LoginEvent = decision.action === "BLOCK" ? { ...rest, outcome: "blocked" } : event;
          expect([...snapshot(state)]).toEqual([...snapshot(track(tracked, before, policy))]);
          expect(decision).toEqual(evaluateLogin(event, before, policy));
        }
      }),
      { numRuns: 80 },
    );
  });

  it("a right password that is blocked after the check counts as a wrong one, so that counting does not tell", () => {
    const tried = (outcome: "success" | "failure") =>
      runOn(
        [1, 2, 3, 4].map((at) => login(at, { outcome, account: { id: "ann", status: "disabled" } })),
        quick,
        "simulated",
      );
    const next = login(9, { outcome: "pending" });
    const decidedAfter = (outcome: "success" | "failure") => evaluateLogin(next, tried(outcome).at(-1)!.state, quick);
    expect(decidedAfter("success")).toEqual(decidedAfter("failure"));
    expect(decidedAfter("success").action).toBe("BLOCK");
    expect(tried("success")[0]!.decision.verdicts.map(({ rule }) => rule)).toEqual(["disabled-account"]);
  });

  it("a blocked guesser does not grow the limit: retryAt stays, and holds", () => {
    const guesses = Array.from({ length: 40 }, (_, i) => login(1000 * (i + 1)));
    const run = runOn(guesses, quick, "simulated");
    const blocked = run.filter(({ decision }) => decision.action === "BLOCK");
    expect(blocked.map(({ event }) => event.at / 1000)).toEqual(
      [...Array(27).keys()].map((i) => i + 4).concat([34, 35, 36, 37, 38, 39, 40]),
    );
    expect(new Set(blocked.filter(({ event }) => event.at < 31_000).map(({ decision }) => decision.retryAt))).toEqual(new Set([31_000]));
    expect(run.find(({ event }) => event.at === 31_000)!.decision.action).not.toBe("BLOCK");
  });

  it("a blocked success proves nothing: it forgives no failures and makes no device familiar", () => {
    const device = { client: { deviceId: "laptop" } };
    const stream = [1, 2, 3].map((at) => login(at)).concat(login(4, { outcome: "success", ...device }));
    const { decision, state } = runOn(stream, quick, "simulated").at(-1)!;
    expect(decision.action).toBe("BLOCK");
    expect(evaluateLogin(login(5, { outcome: "pending", ...device }), state, quick).action).toBe("BLOCK");
  });

  it("a blocked login failed for no reason: nothing was checked", () => {
    const told = predicate("told", ({ failure }) => failure !== undefined);
    const { policy, read } = exposing({ told: count({ where: told, by: byAccount, within, limit: 5 }) });
    const both = definePolicy({ id: "both", rules: [...policy.rules, ...quick.rules] });
    const stream = [1, 2, 3, 4, 5].map((at) => login(at, { failure: "wrong-password" }));
    expect(read(runOn(stream, both, "simulated").at(-1)!.state, login(9)).told.times).toEqual([1, 2, 3]);
  });

  it("a blocked attempt leaves no reservation: no begin of it is left standing", () => {
    const begun = [1, 2, 3, 4].map((at) => login(at, { outcome: "pending" }));
    const { state } = runOn(begun, quick, "simulated").at(-1)!;
    const others = begun.slice(0, 3).reduce((state: LoginState, { at }) => track(login(at, { outcome: "success" }), state, quick), state);
    expect(evaluateLogin(login(9, { outcome: "pending" }), others, quick).action).toBe("ALLOW");
  });
});
