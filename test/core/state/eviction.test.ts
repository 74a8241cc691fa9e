import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { byAccount, byAccountAndSource, type Grouping } from "../../../src/core/aggregates/grouping.js";
import { failed } from "../../../src/core/aggregates/outcome-predicates.js";
import { liftsAt } from "../../../src/core/aggregates/reading.js";
import { definePolicy, type Policy } from "../../../src/core/engine/policy.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createDefaultPolicy, defaultPolicy } from "../../../src/core/policies/default.js";
import { failedAttempts } from "../../../src/core/rules/failed-attempts.js";
import { abstain, block, defineRule } from "../../../src/core/rules/rule.js";
import { createState, type LoginState, stateSize } from "../../../src/core/state/login-state.js";
import { snapshot } from "../../../src/core/state/snapshot.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { fourKinds } from "../../support/four-kinds.js";
import { login } from "../../support/login.js";

const start = 1_000_000;
const victim = { account: "victim", ip: "203.0.113.7" };
const remember = (events: Iterable<LoginEvent>, from: LoginState, policy: Policy = defaultPolicy): LoginState => {
  let state = from;
  for (const event of events) state = track(event, state, policy);
  return state;
};
const failing = (times: number, who = victim, from = start): LoginEvent[] =>
  Array.from({ length: times }, (_, i) => login(from + i, { id: `${who.account}-${i}`, ...who }));
/** Fresh accounts from fresh sources, one a millisecond. */
const fresh = (count: number, from = start + 1000): LoginEvent[] =>
  Array.from({ length: count }, (_, i) =>
    login(from + i, { id: `fresh-${from}-${i}`, account: `fresh-${i}`, ip: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}` }),
  );
const asking = (at: number, who = victim): LoginEvent => login(at, { id: "asking", outcome: "pending", ...who });
const limited = (id: string, by: Grouping) =>
  defineRule({
    id,
    summary: "Blocks a group at its second failure in a minute.",
    phase: "before",
    reads: { failures: count({ where: failed, by, within: { minutes: 1 }, limit: 2 }) },
    limits: [{ reads: "failures", at: 2, action: "BLOCK" }],
    evaluate: ({ failures }) => (failures.value >= 2 ? block({ failures: failures.value }, liftsAt(failures, 2)) : abstain),
    explain: ({ failures }) => `${failures} failures`,
  });
const pairs = limited("pairs", byAccountAndSource);

const failuresSaid = (state: LoginState, at: number, policy: Policy = defaultPolicy): number =>
  Number(evaluateLogin(asking(at), state, policy).verdicts.find(({ rule }) => rule === "failed-attempts")?.facts.failures ?? 0);

describe("the cap", () => {
  it("is never passed, at any moment, and the size told is the number of groups there are", () => {
    const accounts = Array.from({ length: 12 }, (_, i) => `account-${i}`);
    fc.assert(
      fc.property(
        streams({ maxLength: 40, accounts, seconds: 200 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(defaultPolicy, fourKinds),
        (stream, maxGroups, policy) => {
          let state = createState({ maxGroups });
          for (const event of stream) {
            state = track(event, state, policy);
            expect(stateSize(state).groups).toBeLessThanOrEqual(maxGroups);
            expect([...snapshot(state)]).toHaveLength(stateSize(state).groups + 1);
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it("is used: an attacker does not make it forget more than it must", () => {
    const state = remember(fresh(1000), createState({ maxGroups: 64 }));
    expect(stateSize(state).groups).toBeGreaterThan(64 - 8);
  });
});

describe("a spray of 10,000 fresh accounts from fresh sources against a memory of 64 groups", () => {
  it.each([5, 7, 10])("does not make it forget the %i failures of the victim's pair", (failures) => {
    let state = remember(failing(failures), createState({ maxGroups: 64 }));
    for (const [i, event] of fresh(10_000).entries()) {
      state = track(event, state);
      if (i % 1000 === 0) expect(failuresSaid(state, event.at + 1)).toBe(failures);
    }
    expect(failuresSaid(state, start + 20_000)).toBe(failures);
    expect(evaluateLogin(asking(start + 20_000), state).action).toBe(failures >= 10 ? "BLOCK" : "FLAG");
  });

  it("makes it forget four, which are not half-way to the limit of ten", () => {
    const policy = definePolicy({ id: "only", rules: [failedAttempts({ flagAt: 1 })] });
    const state = remember(failing(4), createState({ maxGroups: 64 }), policy);
    expect(failuresSaid(state, start + 1000, policy)).toBe(4);
    expect(failuresSaid(remember(fresh(10_000), state, policy), start + 20_000, policy)).toBe(0);
  });

  it("does not make it forget reservations that are half-way either", () => {
    const begun = failing(5).map((event): LoginEvent => ({ ...event, outcome: "pending" }));
    const state = remember(fresh(10_000), remember(begun, createState({ maxGroups: 64 })));
    expect(failuresSaid(state, start + 20_000)).toBe(5);
  });

  it("does not make it forget a source that is half-way to being blocked for spraying", () => {
    const source = "203.0.113.99";
    const sprayed = ["a", "b", "c"].map((account, i) => login(start + i, { account, ip: source }));
    const state = remember(fresh(10_000), remember(sprayed, createState({ maxGroups: 64 })));
    const more = ["d", "e"].map((account, i) => login(start + 20_000 + i, { account, ip: source }));
    expect(evaluateLogin(asking(start + 21_000, { account: "f", ip: source }), remember(more, state)).action).toBe("BLOCK");
  });

  it("protection ends with the window: failures that no longer count are no reason to stay", () => {
    const quarter = 15 * 60_000;
    const policy = definePolicy({ id: "only", rules: [failedAttempts()] });
    const state = remember(failing(10), createState({ maxGroups: 64 }), policy);
    const kept = (from: number): boolean =>
      [...snapshot(remember(fresh(300, from), state, policy))].some((record) => "key" in record && record.key.startsWith("6:victim203"));
    expect(kept(start + quarter - 1000)).toBe(true);
    expect(kept(start + quarter + 1000)).toBe(false);
  });
});

describe("when all are protected", () => {
  const policy = (onFailure?: "FLAG" | "CHALLENGE" | "BLOCK" | "ABSTAIN"): Policy =>
    definePolicy({ id: "full", rules: [pairs], ...(onFailure === undefined ? {} : { onFailure }) });
  const pairOf = (n: number) => ({ account: "victim", ip: `203.0.113.${n}` });
  /** Eight pairs, each one failure from its limit of two, in a memory for eight, and one more that asked for room. */
  const full = (by: Policy): LoginState => {
    const events = Array.from({ length: 9 }, (_, i) => login(start + i, { ...pairOf(i) }));
    return remember(events, createState({ maxGroups: 8 }), by);
  };

  it("a new group is refused, nobody leaves, and the next decision for a new group lists it", () => {
    const state = full(policy());
    const keys = [...snapshot(state)].flatMap((record) => ("key" in record ? [record.key] : []));
    expect(keys).toEqual(Array.from({ length: 8 }, (_, i) => `6:victim203.0.113.${i}`));
    const { degraded } = evaluateLogin(asking(start + 200, pairOf(50)), state, policy());
    expect(degraded).toEqual([{ kind: "memory-full", did: "CHALLENGE" }]);
  });

  it.each([
    ["CHALLENGE", undefined],
    ["FLAG", "FLAG"],
    ["BLOCK", "BLOCK"],
    ["ALLOW", "ABSTAIN"],
  ] as const)("%s is said of it when the policy's onFailure is %s", (action, onFailure) => {
    const by = policy(onFailure);
    const decision = evaluateLogin(asking(start + 200, pairOf(50)), full(by), by);
    expect(decision.action).toBe(action);
    expect(decision.verdicts.map(({ rule }) => rule)).toEqual(onFailure === "ABSTAIN" ? [] : ["memory"]);
    expect(decision.retryAt).toBeUndefined();
  });

  it("a login whose groups are all known is judged as ever, and still counts", () => {
    const by = policy();
    const state = full(by);
    expect(evaluateLogin(asking(start + 200, pairOf(3)), state, by)).toMatchObject({ action: "ALLOW", degraded: [] });
    const counted = track(login(start + 200, { id: "again", ...pairOf(3) }), state, by);
    expect(evaluateLogin(asking(start + 300, pairOf(3)), counted, by)).toMatchObject({ action: "BLOCK", degraded: [] });
  });

  it("nothing is listed while there still is room, though the last pass made none", () => {
    const by = definePolicy({ id: "both", rules: [pairs, limited("accounts", byAccount)] });
    const events = ["a", "b", "b"].map((account, i) => login(start + i, { account }));
    const state = remember(events, createState({ maxGroups: 5 }), by);
    expect(stateSize(state).groups).toBe(4);
    expect(evaluateLogin(asking(start + 200, pairOf(50)), state, by).degraded).toEqual([]);
  });

  it("time makes room again: once their windows are over newcomers are remembered", () => {
    const by = policy();
    const later = Array.from({ length: 3 }, (_, i) => login(start + 60_000 + i, { id: `later-${i}`, ...pairOf(50) }));
    expect(evaluateLogin(asking(start + 60_100, pairOf(50)), remember(later, full(by), by), by)).toMatchObject({
      action: "BLOCK",
      degraded: [],
    });
  });
});

describe("a default policy with lower limits", () => {
  it("protects at half of its lowest BLOCK limit, rounded up", () => {
    const by = createDefaultPolicy({ failedAttempts: { flagAt: 1, blockAt: 5 } });
    const left = (failures: number): number =>
      failuresSaid(remember(fresh(1000), remember(failing(failures), createState({ maxGroups: 64 }), by), by), start + 5000, by);
    expect([left(2), left(3)]).toEqual([0, 3]);
  });
});
