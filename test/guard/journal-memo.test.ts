import { describe, expect, it } from "vitest";
import type { JournalBeginning } from "../../src/core/journal/read-journal.js";
import { journalMemo } from "../../src/guard/journal-memo.js";

/** What was read of a journal of so many entries. */
function beginning(entries: number): JournalBeginning {
  return { journal: "", after: { record: undefined, capacities: [], foreignCells: {}, foreignEntries: [], entries, lastId: "" } };
}

describe("journalMemo", () => {
  it.each([
    [7, false],
    [8, true],
    [300, true],
  ])("a journal of %s entries is worth remembering: %s", (entries, worth) => {
    const memo = journalMemo();
    memo.note("a", beginning(entries));
    expect(memo.recall("a") !== undefined).toBe(worth);
  });

  it("a journal that is remembered stays so when it was folded", () => {
    const memo = journalMemo();
    memo.note("a", beginning(48));
    const folded = beginning(1);
    memo.note("a", folded);
    expect(memo.recall("a")).toBe(folded);
  });

  it("holds a thousand, and drops the one longest without news", () => {
    const memo = journalMemo();
    for (let i = 0; i < 1_000; i++) memo.note(`k${i}`, beginning(9));
    memo.note("k0", beginning(10));
    memo.note("new", beginning(9));
    expect([memo.recall("k0"), memo.recall("k1"), memo.recall("k2")].map((known) => known !== undefined)).toEqual([true, false, true]);
    for (let i = 0; i < 5_000; i++) memo.note(`flood${i}`, beginning(9));
    expect(Array.from({ length: 5_000 }, (_, i) => memo.recall(`flood${i}`)).filter((known) => known !== undefined)).toHaveLength(1_000);
  });

  it("forgets all at once", () => {
    const memo = journalMemo();
    memo.note("a", beginning(9));
    memo.clear();
    expect(memo.recall("a")).toBeUndefined();
  });
});
