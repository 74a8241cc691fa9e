import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countryField } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { attempted, proven, unlocked } from "../../../src/core/aggregates/outcome-predicates.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createState, type LoginState } from "../../../src/core/state/login-state.js";
import { track } from "../../../src/core/verbs/track.js";
import { exposing } from "../../support/exposing.js";
import { login } from "../../support/login.js";

const limit = 4;
const horizon = 4 * limit;
const { policy, read } = exposing({ countries: frequency({ field: countryField, where: proven, by: byAccount, within: "ever", limit }) });

const from = (country: string | undefined, at: number, change: Parameters<typeof login>[1] = {}): LoginEvent =>
  login(at, { outcome: "success", source: country === undefined ? {} : { country }, ...change });
const remember = (events: readonly LoginEvent[], by = policy): LoginState =>
  events.reduce((state, event) => track(event, state, by), createState());
const tallyOf = (events: readonly LoginEvent[]) => read(remember(events), login(1e9, { id: "asker" })).countries;

/** The naive count: the most frequent first, ties by value. */
function counted(events: readonly LoginEvent[]): { values: string[]; counts: number[] } {
  const counts = new Map<string, number>();
  for (const { source } of new Map(events.map((event) => [event.id, event])).values()) {
    counts.set(source.country!, (counts.get(source.country!) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return { values: sorted.map(([value]) => value), counts: sorted.map(([, count]) => count) };
}

/** Successes with ids of their own, from `countries` countries. */
const successes = (countries: number, maxLength: number) =>
  fc
    .array(fc.tuple(fc.nat(50), fc.nat(countries - 1)), { maxLength })
    .map((drawn) => drawn.map(([at, country], index) => from(String.fromCharCode(65 + country).repeat(2), at, { id: `s${index}` })));

const inOrder = (events: readonly LoginEvent[]) => events.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

describe("while the values fit its bound, a frequency is exact", () => {
  it("in any order and with duplicates, for as many matches as it knows by id", () => {
    const delivered = successes(limit, horizon).chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: 0 })),
    );
    fc.assert(
      fc.property(delivered, ([events, more]) => {
        const { value, saturated, values, counts, errors } = tallyOf([...more, ...events]);
        expect({ value, saturated, values, counts }).toEqual({ value: events.length, saturated: false, ...counted(events) });
        expect(errors).toEqual(values.map(() => 0));
      }),
      { numRuns: 150 },
    );
  });

  it("in order of time for any number of matches", () => {
    fc.assert(
      fc.property(successes(limit, 120), (events) => {
        const { value, values, counts } = tallyOf(inOrder(events));
        expect({ value, values, counts }).toEqual({ value: events.length, ...counted(events) });
      }),
      { numRuns: 100 },
    );
  });

  it("with duplicates no older than the horizon, for any number of matches", () => {
    fc.assert(
      fc.property(successes(limit, 80), fc.array(fc.nat(horizon - 1), { minLength: 80, maxLength: 80 }), (events, back) => {
        const ordered = inOrder(events);
        const doubled = ordered.flatMap((event, index) => [event, ordered[Math.max(0, index - back[index]!)]!]);
        expect(tallyOf(doubled)).toEqual(tallyOf(ordered));
      }),
      { numRuns: 100 },
    );
  });
});

describe("above its bound, a frequency is Space-Saving", () => {
  it("count - error <= true <= count, error <= total / limit, and nothing frequent is missing", () => {
    fc.assert(
      fc.property(successes(12, 200), (events) => {
        const { value, saturated, values, counts, errors } = tallyOf(inOrder(events));
        const exact = counted(events);
        expect(value).toBe(events.length);
        expect(saturated).toBe(exact.values.length > limit);
        expect(values.length).toBeLessThanOrEqual(limit);
        for (const [i, country] of values.entries()) {
          const truth = exact.counts[exact.values.indexOf(country)]!;
          expect(counts[i]! - errors[i]!).toBeLessThanOrEqual(truth);
          expect(truth).toBeLessThanOrEqual(counts[i]!);
          expect(errors[i]!).toBeLessThanOrEqual(value / limit);
        }
        for (const [i, country] of exact.values.entries()) if (exact.counts[i]! > value / limit) expect(values).toContain(country);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps its bounds when a later policy tells more values apart", () => {
    const wider = exposing({
      countries: frequency({ field: countryField, where: proven, by: byAccount, within: "ever", limit: limit + 2 }),
    });
    const before = ["AA", "BB", "CC", "DD", "AA", "BB", "CC", "DD", "EE"].map((country, at) => from(country, at));
    const after = ["AA", "AA"].map((country, at) => from(country, 100 + at));
    const state = after.reduce((state, event) => track(event, state, wider.policy), remember(before));
    const { values, counts, errors } = wider.read(state, login(1e9, { id: "asker" })).countries;
    const exact = counted([...before, ...after]);
    for (const [i, country] of values.entries()) {
      const truth = exact.counts[exact.values.indexOf(country)]!;
      expect([country, counts[i]! - errors[i]! <= truth, truth <= counts[i]!]).toEqual([country, true, true]);
    }
  });
});

describe("what a frequency takes in", () => {
  const many = Array.from({ length: horizon }, (_, i) => from("NO", 100 + i));

  it.each([
    ["a reservation is not tallied", [from("NO", 1, { outcome: "pending" })], 0],
    ["its success is, once", [from("NO", 1, { outcome: "pending" }), from("NO", 1), from("NO", 1)], 1],
    ["a failure does not match", [from("NO", 1, { outcome: "failure" })], 0],
    ["an event without the field does not count", [from(undefined, 1)], 0],
    ["a late event younger than the oldest it knows counts", [...many, from("SE", 101, { id: "late" })], horizon + 1],
    ["a late event older than all that it knows is refused", [...many, from("SE", 99, { id: "late" })], horizon],
    ["one just as old is told apart by its id: above the oldest known it counts", [...many, from("SE", 100, { id: "b" })], horizon + 1],
    ["below the oldest known it is refused", [...many, from("SE", 100, { id: "a" })], horizon],
  ])("%s", (_, events, total) => {
    expect(tallyOf(events).value).toBe(total);
  });

  it("a reservation is not tallied even where it matches: only what it becomes", () => {
    const tries = exposing({ countries: frequency({ field: countryField, where: attempted, by: byAccount, within: "ever", limit }) });
    const begun = remember([from("NO", 1, { outcome: "pending" })], tries.policy);
    expect(tries.read(begun, login(9)).countries.value).toBe(0);
    expect(tries.read(track(from("NO", 1, { outcome: "blocked" }), begun, tries.policy), login(9)).countries.value).toBe(1);
  });

  it("failures cannot flush what successes taught it", () => {
    const noise = Array.from({ length: 500 }, (_, i) => from(`X${i}`, 10 + i, { outcome: "failure" }));
    expect(tallyOf([from("NO", 1), from("NO", 2), ...noise])).toMatchObject({ values: ["NO"], counts: [2] });
  });
});

describe("what a frequency shows", () => {
  it("values last seen in the window, with all that the group remembers of them", () => {
    const { policy, read } = exposing({
      countries: frequency({ field: countryField, where: proven, by: byAccount, within: { seconds: 10 }, limit }),
    });
    const state = remember([from("SE", 1000), from("NO", 2000), from("NO", 5000)], policy);
    expect(read(state, login(10_999)).countries.values).toEqual(["NO", "SE"]);
    expect(read(state, login(11_000)).countries).toMatchObject({ value: 3, values: ["NO"], counts: [2] });
    expect(read(state, login(15_000)).countries.values).toEqual([]);
  });

  it("values last seen after the newest floor", () => {
    const since = latest({ where: unlocked, by: byAccount, within: "ever" });
    const { policy, read } = exposing({
      countries: frequency({ field: countryField, where: proven, by: byAccount, within: "ever", limit, since }),
    });
    const events = [from("SE", 1000), login(2000, { kind: "unlock", outcome: "success" }), from("NO", 3000)];
    expect(read(remember(events, policy), login(9000)).countries.values).toEqual(["NO"]);
  });
});
