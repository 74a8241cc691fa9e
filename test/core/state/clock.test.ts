import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAhead, tick, tolerance } from "../../../src/core/state/clock.js";
import { type Clock, createState, type LoginState, openState, stateSize } from "../../../src/core/state/login-state.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { track } from "../../../src/core/verbs/track.js";
import { groupsOf } from "../../support/groups-of.js";
import { login } from "../../support/login.js";

const hour = 3_600_000;
const start: Clock = { now: Number.NEGATIVE_INFINITY, claimed: Number.NEGATIVE_INFINITY, claimedBy: "" };
const noon = 1_800_000_000_000;

const ticking = (...events: [at: number, id?: string][]): Clock =>
  events.reduce((clock, [at, id = `at-${at}`]) => tick(clock, login(at, { id })), start);

describe("how far time has come", () => {
  it.each<[string, [number, string?][], number]>([
    ["the first event is believed, whatever its time", [[noon]], noon],
    ["a later one moves it", [[noon], [noon + 1]], noon + 1],
    ["a late one does not move it back", [[noon], [noon - 5 * hour]], noon],
    ["one exactly an hour ahead is believed", [[noon], [noon + hour]], noon + hour],
    ["one more than an hour ahead is not, alone", [[noon], [noon + hour + 1]], noon],
    ["not even when it is delivered again", [[noon], [noon + 9 * hour, "x"], [noon + 9 * hour, "x"], [noon + 9 * hour, "x"]], noon],
    ["a second one with another id confirms it", [[noon], [noon + 9 * hour, "x"], [noon + 9 * hour, "y"]], noon + 9 * hour],
    ["the later of two within an hour of each other is believed", [[noon], [noon + 9 * hour], [noon + 9 * hour - 1]], noon + 9 * hour],
    ["of two further apart only the sooner is", [[noon], [noon + 99 * hour], [noon + 9 * hour]], noon + 9 * hour],
    ["in either order", [[noon], [noon + 9 * hour], [noon + 99 * hour]], noon + 9 * hour],
    [
      "the later of them then waits for one more",
      [[noon], [noon + 99 * hour], [noon + 9 * hour], [noon + 99 * hour, "z"]],
      noon + 99 * hour,
    ],
    ["and is not confirmed by itself", [[noon], [noon + 99 * hour, "x"], [noon + 9 * hour, "y"], [noon + 99 * hour, "x"]], noon + 9 * hour],
    ["a claim that time has caught up with confirms nothing", [[noon], [noon + 2 * hour], [noon + hour], [noon + 9 * hour]], noon + hour],
    ["events in between do not confirm it", [[noon], [noon + 9 * hour], [noon + 1], [noon + 2]], noon + 2],
  ])("%s", (_, events, now) => {
    expect(ticking(...events).now).toBe(now);
  });

  it("never goes back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.constantFrom("a", "b", "c"))), (events) => {
        let clock = start;
        for (const [hours, id] of events) {
          const next = tick(clock, login(noon + hours * hour, { id }));
          expect(next.now).toBeGreaterThanOrEqual(clock.now);
          clock = next;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("one source of wrong times never moves it alone: it stays where all others put it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean())), (events) => {
        let clock = ticking([noon, "honest"]);
        let honest = noon;
        for (const [minutes, wrong] of events) {
          if (!wrong) honest += minutes * 60_000;
          clock = tick(clock, wrong ? login(noon + 10_000 * hour + minutes * hour, { id: "wrong" }) : login(honest, { id: "honest" }));
        }
        expect(clock.now).toBe(honest);
      }),
      { numRuns: 300 },
    );
  });

  it("the tolerance is an hour", () => {
    expect(tolerance).toBe(hour);
    expect(isAhead(ticking([noon]), login(noon + hour))).toBe(false);
    expect(isAhead(ticking([noon]), login(noon + hour + 1))).toBe(true);
    expect(isAhead(start, login(noon))).toBe(false);
  });
});

const remember = (...events: [at: number, id?: string][]): LoginState =>
  events.reduce((state, [at, id = `at-${at}`]) => track(login(at, { id }), state), createState());

describe("an event dated ahead", () => {
  it.each<[string, number, string[]]>([
    ["more than an hour is listed", noon + hour + 1, ["clock-ahead"]],
    ["exactly an hour is not", noon + hour, []],
    ["late by a year is not", noon - 8760 * hour, []],
  ])("%s", (_, at, expected) => {
    const { degraded } = evaluateLogin(login(at, { outcome: "pending" }), remember([noon]));
    expect(degraded.map(({ kind }) => kind)).toEqual(expected);
  });

  it("changes no action by itself, and nobody speaks for it", () => {
    const decision = evaluateLogin(login(noon + 2 * hour, { outcome: "pending" }), remember([noon]));
    expect(decision).toMatchObject({ action: "ALLOW", verdicts: [], degraded: [{ kind: "clock-ahead", did: "ABSTAIN" }] });
  });

  it("is not what the first event of all is", () => {
    expect(evaluateLogin(login(noon, { outcome: "pending" }), createState()).degraded).toEqual([]);
  });

  it("counts as it is, but lets nothing expire alone; a second one does", () => {
    const far = noon + 9999 * hour;
    const filled = Array.from({ length: 8 }, (_, i) => login(noon + i, { account: `a${i}`, ip: `192.0.2.${i + 1}` }));
    const state = filled.reduce((state, event) => track(event, state), createState({ maxGroups: 400 }));
    const groups = stateSize(state).groups;
    const spray = (state: LoginState, n: number) =>
      Array.from({ length: n }, (_, i) => login(noon + 100 + i, { account: `b${i}`, ip: `198.51.100.${i + 1}` })).reduce(
        (state, event) => track(event, state),
        state,
      );
    const alone = spray(track(login(far, { id: "wrong" }), state), 60);
    expect(stateSize(alone).groups).toBeGreaterThanOrEqual(groups + 120);
    const confirmed = spray(track(login(far, { id: "another" }), track(login(far, { id: "wrong" }), state)), 60);
    expect(stateSize(confirmed).groups).toBeLessThan(groups + 100);
    expect(openState(alone).clock.now).toBeLessThan(far);
    expect(openState(confirmed).clock.now).toBe(far);
  });
});

describe("what is long past", () => {
  it.each([
    ["stays as long as the longest window that reads it and the tolerance", 0, true],
    ["expires a millisecond after, when a pass is due", 1, false],
  ])("%s", (_, more, expected) => {
    // the longest window of a pair in the default policy is the half hour of success-after-failures; it is kept an hour longer
    const later = noon + 1.5 * hour + more;
    const events = [
      login(noon, { account: "old" }),
      login(later - hour, { account: "step" }),
      ...[1, 2, 3].map((i) => login(later, { account: `new-${i}` })),
    ];
    const state = events.reduce((state, event) => track(event, state), createState({ maxGroups: 64 }));
    expect(Object.keys(groupsOf(state)).includes("account-and-source 3:old192.0.2.1")).toBe(expected);
    expect(Object.keys(groupsOf(state))).toContain("account-and-source 4:step192.0.2.1");
  });
});
