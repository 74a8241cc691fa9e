import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GroupRecord } from "../../../src/core/state/group-record.js";
import {
  applyStep,
  copyTable,
  emptyHold,
  isDueForCopy,
  passOn,
  rootHold,
  type Step,
  type TableHold,
  tableOf,
} from "../../../src/core/state/table.js";

const record = (at: number): GroupRecord => ({ at, cells: [] });
const contents = (hold: TableHold): [string, number][] =>
  [...(tableOf(hold)?.[0] ?? [])].map(([key, { at }]): [string, number] => [key, at]).sort();

/** The version after writing some keys: a time to set, or `undefined` to delete. */
function write(hold: TableHold, changes: readonly (readonly [string, number | undefined])[]): TableHold {
  const table = tableOf(hold)!;
  const keys = [...new Map(changes).keys()];
  const step: Step = {
    maps: keys.map(() => 0),
    keys,
    before: keys.map((key) => table[0]!.get(key)),
    after: [...new Map(changes).values()].map((at) => (at === undefined ? undefined : record(at))),
  };
  applyStep(table, step);
  return passOn(hold, step);
}

const changes = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.option(fc.nat(99), { nil: undefined })), { maxLength: 4 });
const branches = fc.array(fc.record({ from: fc.nat(), changes, look: fc.nat() }), { minLength: 1, maxLength: 30 });

describe("a table under many versions", () => {
  it("shows each version what it is, whichever was looked at before: against plain copies", () => {
    fc.assert(
      fc.property(branches, (branches) => {
        const versions = [{ hold: rootHold([new Map()]), copy: new Map<string, number>() }];
        for (const { from, changes, look } of branches) {
          const base = versions[from % versions.length]!;
          const copy = new Map(base.copy);
          for (const [key, at] of new Map(changes)) {
            if (at === undefined) copy.delete(key);
            else copy.set(key, at);
          }
          versions.push({ hold: write(base.hold, changes), copy });
          const looked = versions[look % versions.length]!;
          expect(contents(looked.hold)).toEqual([...looked.copy].sort());
        }
        for (const { hold, copy } of versions) expect(contents(hold)).toEqual([...copy].sort());
      }),
      { numRuns: 300 },
    );
  });

  it("belongs to one version at a time", () => {
    const first = rootHold([new Map()]);
    const second = write(first, [["a", 1]]);
    expect([first.table === undefined, second.table === undefined]).toEqual([true, false]);
    expect(contents(first)).toEqual([]);
    expect([first.table === undefined, second.table === undefined]).toEqual([false, true]);
    expect(contents(second)).toEqual([["a", 1]]);
  });

  it("is as many steps old as versions have passed it on", () => {
    expect([rootHold([new Map()]).steps, write(write(rootHold([new Map()]), []), []).steps]).toEqual([0, 2]);
  });

  it("is none for a version that never had one", () => {
    expect(tableOf(emptyHold())).toBeUndefined();
  });
});

describe("a copy of a table", () => {
  it("has the same records in maps of its own", () => {
    const table = [new Map([["a", record(1)]]), new Map([["b", record(2)]])];
    const copy = copyTable(rootHold(table), table);
    expect(copy).toEqual(table);
    copy[0]!.delete("a");
    expect(table[0]!.has("a")).toBe(true);
    expect(copy[1]!.get("b")).toBe(table[1]!.get("b"));
  });

  it("begins the count of its hold anew, so that the next future from it takes the table over", () => {
    const hold = { ...rootHold([new Map()]), steps: 8_192 };
    expect(isDueForCopy(hold, 1)).toBe(true);
    copyTable(hold, hold.table!);
    expect(isDueForCopy(hold, 1)).toBe(false);
  });

  it.each([
    ["not before 8,192 steps, however few groups", 8_191, 1, false],
    ["then", 8_192, 1, true],
    ["not before four steps a group", 99_999, 25_000, false],
    ["then", 100_000, 25_000, true],
  ])("is due %s", (_, steps, groups, due) => {
    expect(isDueForCopy({ ...emptyHold(), steps }, groups)).toBe(due);
  });
});
