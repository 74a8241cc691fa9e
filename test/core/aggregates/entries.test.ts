import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entries, type Keeping, mostPending, noEntries, reserve, settle, withdraw } from "../../../src/core/aggregates/entries.js";

type Step = readonly [what: "settle" | "reserve" | "withdraw", at: number, id?: string, value?: string];

function entriesAfter(steps: readonly Step[], keeping: Keeping): Entries {
  const entries = noEntries();
  for (const [what, at, id = `e${at}`, value] of steps) {
    if (what === "settle") settle(entries, { at, id, value }, keeping);
    else if (what === "reserve") reserve(entries, { at, id, value }, keeping);
    else withdraw(entries, id);
  }
  return entries;
}

const three: Keeping = { capacity: 3, distinct: false };
const threeValues: Keeping = { capacity: 3, distinct: true };

describe("the entries of a count", () => {
  it.each<[string, Step[], number[], number[]]>([
    ["nothing settled, nothing there", [], [], []],
    [
      "settled matches stand in order of time",
      [
        ["settle", 2],
        ["settle", 1],
        ["settle", 3],
      ],
      [1, 2, 3],
      [],
    ],
    [
      "the oldest leaves for a fourth",
      [
        ["settle", 1],
        ["settle", 2],
        ["settle", 3],
        ["settle", 4],
      ],
      [2, 3, 4],
      [],
    ],
    [
      "a fourth that is the oldest does not come in",
      [
        ["settle", 2],
        ["settle", 3],
        ["settle", 4],
        ["settle", 1],
      ],
      [2, 3, 4],
      [],
    ],
    [
      "the same event is there once",
      [
        ["settle", 1],
        ["settle", 1],
      ],
      [1],
      [],
    ],
    [
      "a reservation lies beside them",
      [
        ["settle", 1],
        ["reserve", 2],
      ],
      [1],
      [2],
    ],
    [
      "it moves over when it settles",
      [
        ["reserve", 2],
        ["settle", 2],
      ],
      [2],
      [],
    ],
    [
      "it goes when it is withdrawn",
      [
        ["reserve", 2],
        ["withdraw", 2],
      ],
      [],
      [],
    ],
    [
      "a settled match cannot be withdrawn",
      [
        ["settle", 2],
        ["withdraw", 2],
      ],
      [2],
      [],
    ],
    [
      "withdrawing what was never reserved changes nothing",
      [
        ["reserve", 1],
        ["withdraw", 9],
      ],
      [],
      [1],
    ],
    [
      "a reservation older than a full list never decides a reading: it goes",
      [
        ["reserve", 1],
        ["settle", 2],
        ["settle", 3],
        ["settle", 4],
      ],
      [2, 3, 4],
      [],
    ],
    [
      "one newer than the oldest of a full list stays",
      [
        ["reserve", 3],
        ["settle", 2],
        ["settle", 4],
        ["settle", 5],
      ],
      [2, 4, 5],
      [3],
    ],
    [
      "one older than a list that is not full stays",
      [
        ["reserve", 1],
        ["settle", 2],
        ["settle", 3],
      ],
      [2, 3],
      [1],
    ],
    [
      "one that begins too old for a full list is not taken",
      [
        ["settle", 2],
        ["settle", 3],
        ["settle", 4],
        ["reserve", 1],
      ],
      [2, 3, 4],
      [],
    ],
  ])("%s", (_, steps, settled, pending) => {
    const { at, pendingAt } = entriesAfter(steps, three);
    expect([at, pendingAt]).toEqual([settled, pending]);
  });

  it("order events of one moment by id", () => {
    const steps = ["b", "a", "c"].map((id): Step => ["settle", 1, id]);
    expect(entriesAfter(steps, three).ids).toEqual(["a", "b", "c"]);
    expect(entriesAfter([...steps, ["settle", 1, "d"]], three).ids).toEqual(["b", "c", "d"]);
    expect(entriesAfter([...steps, ["settle", 1, "A"]], three).ids).toEqual(["a", "b", "c"]);
  });

  it("kept longer by an earlier policy come down to the bound with the next match", () => {
    const entries = entriesAfter(
      [1, 2, 3, 4, 5].map((at): Step => ["settle", at]),
      { capacity: 5, distinct: false },
    );
    settle(entries, { at: 6, id: "e6", value: undefined }, three);
    expect(entries.at).toEqual([4, 5, 6]);
  });
});

describe("the entries of a count of distinct values", () => {
  it.each<[string, Step[], string[], number[]]>([
    [
      "each value is there once, as it was last seen",
      [
        ["settle", 1, "x", "ann"],
        ["settle", 2, "y", "bob"],
        ["settle", 3, "z", "ann"],
      ],
      ["bob", "ann"],
      [2, 3],
    ],
    [
      "an older sight of a value changes nothing",
      [
        ["settle", 3, "x", "ann"],
        ["settle", 1, "y", "ann"],
      ],
      ["ann"],
      [3],
    ],
    [
      "a fourth value takes the place of the longest unseen",
      [
        ["settle", 1, "w", "ann"],
        ["settle", 2, "x", "bob"],
        ["settle", 3, "y", "cid"],
        ["settle", 4, "z", "dot"],
      ],
      ["bob", "cid", "dot"],
      [2, 3, 4],
    ],
    [
      "seeing a value again drops none",
      [
        ["settle", 1, "w", "ann"],
        ["settle", 2, "x", "bob"],
        ["settle", 3, "y", "cid"],
        ["settle", 4, "z", "bob"],
      ],
      ["ann", "cid", "bob"],
      [1, 3, 4],
    ],
  ])("%s", (_, steps, values, at) => {
    const entries = entriesAfter(steps, threeValues);
    expect([entries.values, entries.at]).toEqual([values, at]);
  });

  it("keep reservations of one value apart: taking one back leaves the other", () => {
    const steps: Step[] = [
      ["reserve", 1, "x", "ann"],
      ["reserve", 2, "y", "ann"],
      ["withdraw", 2, "y"],
    ];
    const { pendingAt, pendingIds, pendingValues } = entriesAfter(steps, threeValues);
    expect([pendingAt, pendingIds, pendingValues]).toEqual([[1], ["x"], ["ann"]]);
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
        const { at, ids, values, pendingAt, pendingIds, pendingValues } = entriesAfter(steps, keeping);
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
        const entries = entriesAfter(before, keeping);
        const old = { ...entries };
        const copy = structuredClone(old);
        for (const [what, at, id, value] of after) {
          if (what === "settle") settle(entries, { at, id: id!, value }, keeping);
          else if (what === "reserve") reserve(entries, { at, id: id!, value }, keeping);
          else withdraw(entries, id!);
        }
        expect(old).toEqual(copy);
      }),
      { numRuns: 200 },
    );
  });
});
