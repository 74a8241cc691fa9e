import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { mostPending } from "../../../src/core/aggregates/entries.js";
import { accountField } from "../../../src/core/aggregates/field.js";
import { byAccount, byAccountAndSource, bySource } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { attempted, proven, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createState, type LoginState } from "../../../src/core/state/login-state.js";
import { track } from "../../../src/core/verbs/track.js";
import { exposing } from "../../support/exposing.js";
import { groupsOf } from "../../support/groups-of.js";
import { login } from "../../support/login.js";

const failures = count({ where: unproven, by: byAccountAndSource, within: "ever", limit: 200 });
const { policy, read } = exposing({ failures });

const remember = (events: readonly LoginEvent[], from: LoginState = createState()): LoginState =>
  events.reduce((state, event) => track(event, state, policy), from);
const failuresIn = (state: LoginState): number => read(state, login(1e9, { id: "asker" })).failures.value;

const begin = (at: number): LoginEvent => login(at, { outcome: "pending" });
const refund = (at: number): LoginEvent => login(at, { outcome: "success" });
const spell = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("a begin delivered again", () => {
  it.each([
    ["before its conclusion it changes nothing", [begin(1), begin(1)], 1],
    ["and its success takes both back", [begin(1), begin(1), refund(1)], 0],
    ["after its failure it changes nothing", [begin(1), login(1), begin(1)], 1],
    ["after its success it counts: the law promises no more, and fails closed", [begin(1), refund(1), begin(1)], 1],
    ["and the success delivered again takes it back", [begin(1), refund(1), begin(1), refund(1)], 0],
    ["after it was blocked it counts as well", [begin(1), login(1, { outcome: "blocked" }), begin(1)], 1],
  ])("%s", (_, events, expected) => {
    expect(failuresIn(remember(events))).toBe(expected);
  });
});

describe("the ceiling of reservations", () => {
  it("is 128, and all of that many successes take themselves back", () => {
    expect(mostPending).toBe(128);
    const begun = remember(spell(1, mostPending).map(begin));
    expect(failuresIn(begun)).toBe(mostPending);
    expect(failuresIn(remember(spell(1, mostPending).map(refund), begun))).toBe(0);
  });

  it("hardens the oldest into a failure when one more begins, and only that one", () => {
    const begun = remember(spell(1, mostPending + 1).map(begin));
    expect(failuresIn(begun)).toBe(mostPending + 1);
    expect(failuresIn(remember(spell(1, mostPending + 1).map(refund), begun))).toBe(1);
  });

  it("hardens the oldest by time, not by arrival", () => {
    const begun = remember([...spell(1000, 1000 + mostPending - 1), 1].map(begin));
    const settled = remember([...spell(1000, 1000 + mostPending - 1), 1].map(refund), begun);
    expect(read(settled, login(1e9)).failures.times).toEqual([1]);
  });

  it("counts the hardened one once when its failure comes after all", () => {
    const begun = remember(spell(1, mostPending + 1).map(begin));
    expect(
      failuresIn(
        remember(
          spell(1, mostPending + 1).map((at) => login(at)),
          begun,
        ),
      ),
    ).toBe(mostPending + 1);
  });

  it("never leads to an under-count: as many as did not succeed are counted", () => {
    const ats = spell(1, mostPending + 40);
    let state = remember(ats.map(begin));
    for (const at of ats) {
      state = track(at % 3 === 0 ? login(at) : refund(at), state, policy);
      expect(failuresIn(state)).toBeGreaterThanOrEqual(ats.filter((other) => other % 3 === 0 || other > at).length);
    }
    expect(failuresIn(state)).toBeLessThanOrEqual(ats.filter((at) => at % 3 === 0).length + 40);
  });

  it("bounds what one group keeps, however many begin", () => {
    const { policy } = exposing({ failures: count({ where: unproven, by: byAccount, within: "ever", limit: 5 }) });
    const state = spell(1, 1000).reduce((state, at) => track(begin(at), state, policy), createState());
    const [group] = Object.values(groupsOf(state)) as { cells: { [slot: string]: { settled: unknown[]; pending: unknown[] } } }[];
    const [cell] = Object.values(group!.cells);
    expect([cell!.settled.length, cell!.pending.length]).toEqual([6, mostPending]);
  });

  it("hardens distinct values as well, each once", () => {
    const accounts = countDistinct({ field: accountField, where: unproven, by: bySource, within: "ever", limit: 200 });
    const { policy, read } = exposing({ accounts });
    const begun = spell(1, mostPending + 3).map((at) => login(at, { outcome: "pending", account: `account-${at % 2}` }));
    const state = begun.reduce((state, event) => track(event, state, policy), createState());
    expect(read(state, login(1e9)).accounts.value).toBe(2);
  });
});

describe("three pending, two taken back", () => {
  it("leaves the failures before them counted: a refund cannot erase what it did not reserve", () => {
    const { policy, read } = exposing({ failures: count({ where: unproven, by: byAccount, within: "ever", limit: 3 }) });
    const events = [login(1), login(2), login(3), begin(11), begin(12), begin(13), refund(11), refund(12)];
    const state = events.reduce((state, event) => track(event, state, policy), createState());
    expect(read(state, login(20)).failures.times).toEqual([2, 3, 13]);
  });
});

describe("what the newest before a late event is", () => {
  it("may be missing, but is never a wrong answer: entries leave for newer ones", () => {
    const { policy, read } = exposing({ last: latest({ where: proven, by: byAccount, within: { seconds: 1 } }) });
    const state = [1000, 5000, 9000].map(refund).reduce((state, event) => track(event, state, policy), createState());
    expect(read(state, login(1500)).last.times).not.toEqual([1000]);
  });
});

describe("a reading has no upper bound", () => {
  it("so a late event sees what came after it", () => {
    const state = remember([login(5000), login(9000)]);
    expect(read(state, login(1000)).failures.times).toEqual([5000, 9000]);
  });
});

describe("a floor", () => {
  it("is never raised by a reservation: an attempt that may yet fail forgives nothing", () => {
    const since = latest({ where: attempted, by: byAccount, within: "ever" });
    const { policy, read } = exposing({ failures: count({ where: unproven, by: byAccount, within: "ever", limit: 5, since }) });
    const state = [login(1), begin(2)].reduce((state, event) => track(event, state, policy), createState());
    expect(read(state, login(3, { id: "asker" })).failures.times).toEqual([2]);
    const both = track(login(2, { outcome: "success" }), state, policy);
    expect(read(both, login(3, { id: "asker" })).failures.times).toEqual([]);
  });

  it("is strict: a match of the very same time is not newer", () => {
    const since = latest({ where: proven, by: byAccount, within: "ever" });
    const { policy, read } = exposing({ failures: count({ where: unproven, by: byAccount, within: "ever", limit: 5, since }) });
    const events = [login(5, { id: "failure" }), login(5, { id: "success", outcome: "success" }), login(6)];
    const state = events.reduce((state, event) => track(event, state, policy), createState());
    expect(read(state, login(9)).failures.times).toEqual([6]);
  });
});
