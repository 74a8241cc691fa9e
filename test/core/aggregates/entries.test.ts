import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entries, type Keeping, mostPending, noEntries, reserve, settle, withdraw } from "../../../src/core/aggregates/entries.js";

type Step = readonly [what: "settle" | "reserve" | "withdraw", at: number, id: string, value?: string];

function take(entries: Entries, steps: readonly Step[], keeping: Keeping): Entries {
  for (const [what, at, id, value] of steps) {
    if (what === "settle") settle(entries, { at, id, value }, keeping);
    else if (what === "reserve") reserve(entries, { at, id, value }, keeping);
    else withdraw(entries, id);
  }
  return entries;
}

/** Steps in short: `3` settles the match of time 3, `?3` reserves it, `-3` withdraws it, `3:ann` has a value. */
function stepsOf(text: string): Step[] {
  return [...text.matchAll(/([?-]?)(\d+)(?::(\w+))?/g)].map(([, sign, at, value]): Step => {
    const what = sign === "?" ? "reserve" : sign === "-" ? "withdraw" : "settle";
    return value === undefined ? [what, Number(at), `e${at}`] : [what, Number(at), `e${at}`, value];
  });
}

const three: Keeping = { capacity: 3, distinct: false };
const threeValues: Keeping = { capacity: 3, distinct: true };

describe("the entries of a count", () => {
  it.each<[string, string, number[], number[]]>([
    ["nothing settled, nothing there", "", [], []],
    ["settled matches stand in order of time", "2 1 3", [1, 2, 3], []],
    ["the oldest leaves for a fourth", "1 2 3 4", [2, 3, 4], []],
    ["a fourth that is the oldest does not come in", "2 3 4 1", [2, 3, 4], []],
    ["the same event is there once", "1 1", [1], []],
    ["a reservation lies beside them", "1 ?2", [1], [2]],
    ["it moves over when it settles", "?2 2", [2], []],
    ["it goes when it is withdrawn", "?2 -2", [], []],
    ["a begin after its conclusion changes nothing", "2 ?2", [2], []],
    ["a begin delivered again changes nothing", "?2 ?2", [], [2]],
    ["a settled match cannot be withdrawn", "2 -2", [2], []],
    ["withdrawing what was never reserved changes nothing", "?1 -9", [], [1]],
    ["a reservation older than a full list never decides a reading: it goes", "?1 2 3 4", [2, 3, 4], []],
    ["one newer than the oldest of a full list stays", "?3 2 4 5", [2, 4, 5], [3]],
    ["one older than a list that is not full stays", "?1 2 3", [2, 3], [1]],
    ["one that begins too old for a full list is not taken", "2 3 4 ?1", [2, 3, 4], []],
  ])("%s: %s", (_, steps, settled, pending) => {
    const { at, pendingAt } = take(noEntries(), stepsOf(steps), three);
    expect([at, pendingAt]).toEqual([settled, pending]);
  });

  it("order events of one moment by id", () => {
    const idsOf = (ids: string) =>
      take(
        noEntries(),
        [...ids].map((id): Step => ["settle", 1, id]),
        three,
      ).ids.join("");
    expect(["bac", "bacd", "bacA"].map(idsOf)).toEqual(["abc", "bcd", "abc"]);
  });

  it("kept longer by an earlier policy come down to the bound with the next match", () => {
    const entries = take(noEntries(), stepsOf("1 2 3 4 5"), { capacity: 5, distinct: false });
    expect(take(entries, stepsOf("6"), three).at).toEqual([4, 5, 6]);
  });
});

describe("the entries of a count of distinct values", () => {
  it.each<[string, string, string[], number[]]>([
    ["each value is there once, as it was last seen", "1:ann 2:bob 3:ann", ["bob", "ann"], [2, 3]],
    ["an older sight of a value changes nothing", "3:ann 1:ann", ["ann"], [3]],
    ["a fourth value takes the place of the longest unseen", "1:ann 2:bob 3:cid 4:dot", ["bob", "cid", "dot"], [2, 3, 4]],
    ["seeing a value again drops none", "1:ann 2:bob 3:cid 4:bob", ["ann", "cid", "bob"], [1, 3, 4]],
    ["a value seen again between others moves between them", "1:ann 2:bob 4:cid 3:ann", ["bob", "ann", "cid"], [2, 3, 4]],
    ["a value first seen too long ago does not come in", "2:ann 3:bob 4:cid 1:dot", ["ann", "bob", "cid"], [2, 3, 4]],
  ])("%s: %s", (_, steps, values, at) => {
    const entries = take(noEntries(), stepsOf(steps), threeValues);
    expect([entries.values, entries.at]).toEqual([values, at]);
  });

  it("keep reservations of one value apart: taking one back leaves the other", () => {
    const { pendingAt, pendingIds, pendingValues } = take(noEntries(), stepsOf("?1:ann ?2:ann -2:ann"), threeValues);
    expect([pendingAt, pendingIds, pendingValues]).toEqual([[1], ["e1"], ["ann"]]);
  });
});

/** Any steps at all, in any order, ids in agreement with times. */
const steps = fc.array(
  fc.record({ what: fc.constantFrom("settle", "reserve", "withdraw"), at: fc.nat(12), twin: fc.nat(1) }).map(({ what, at, twin }): Step => {
    return [what as Step[0], at, `${at}-${twin}`, `value-${(at + twin) % 4}`];
  }),
  { maxLength: 60 },
);
const keepings = fc.record({ capacity: fc.integer({ min: 1, max: 5 }), distinct: fc.boolean() });

describe("whatever happens to entries", () => {
  it("an id is in at most one of the two lists, both are in order and within their bounds, and values stand beside times", () => {
    fc.assert(
      fc.property(steps, keepings, (steps, keeping) => {
        const { at, ids, values, pendingAt, pendingIds, pendingValues } = take(noEntries(), steps, keeping);
        const order = (ats: readonly number[], names: readonly string[]) => names.map((id, i) => [ats[i]!, id] as const);
        for (const list of [order(at, ids), order(pendingAt, pendingIds)]) {
          expect(list).toEqual(list.toSorted(([a, one], [b, other]) => a - b || (one < other ? -1 : 1)));
        }
        expect(new Set([...ids, ...pendingIds]).size).toBe(ids.length + pendingIds.length);
        expect([at.length, pendingAt.length]).toEqual([values.length, pendingValues.length]);
        expect(at.length).toBeLessThanOrEqual(keeping.capacity);
        expect(pendingAt.length).toBeLessThanOrEqual(mostPending);
        if (keeping.distinct) expect(new Set(values).size).toBe(values.length);
      }),
      { numRuns: 300 },
    );
  });

  it("no list that was there before is written to: an old version reads as it did", () => {
    fc.assert(
      fc.property(steps, steps, keepings, (before, after, keeping) => {
        const entries = take(noEntries(), before, keeping);
        const old = { ...entries };
        const copy = structuredClone(old);
        take(entries, after, keeping);
        expect(old).toEqual(copy);
      }),
      { numRuns: 200 },
    );
  });
});
