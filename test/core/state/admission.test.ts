import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Evicted, type Keep, makeRoom } from "../../../src/core/state/admission.js";
import type { Room } from "../../../src/core/state/login-state.js";
import type { Table } from "../../../src/core/state/table.js";

type Group = readonly [key: string, at: number];

const tableOf = (...maps: readonly (readonly Group[])[]): Table =>
  maps.map((groups) => new Map(groups.map(([key, at]) => [key, { at, cells: [] }])));
const sizeOf = (table: Table): number => table.reduce((sum, map) => sum + map.size, 0);
const roomOf = (maxGroups: number, groups: number, untilPass = 0): Room => ({ maxGroups, groups, untilPass, starved: false });
const keeping = (retention: number, isProtected: Keep["isProtected"] = () => false): Keep => ({ retention, isProtected });

/** Runs a pass and says who leaves, in order. */
function leaving(
  table: Table,
  maxGroups: number,
  needed: number,
  keeps: readonly (Keep | undefined)[],
  now: number,
): { keys: string[]; room: Room } {
  const evicted: Evicted = { maps: [], keys: [], before: [] };
  const room = makeRoom(table, roomOf(maxGroups, sizeOf(table)), needed, keeps, now, evicted);
  expect(evicted.before).toEqual(evicted.keys.map((key, i) => table[evicted.maps[i]!]!.get(key)));
  return { keys: evicted.keys, room };
}

const forever = Number.POSITIVE_INFINITY;

describe("who leaves when room is made", () => {
  it.each<[string, readonly Group[], number, number, string[]]>([
    [
      "nobody, while there is room for as many as may come",
      [
        ["a", 1],
        ["b", 2],
      ],
      4,
      2,
      [],
    ],
    [
      "the longest idle, when one too many may come",
      [
        ["a", 2],
        ["b", 1],
      ],
      3,
      2,
      ["b"],
    ],
    [
      "as many as may come",
      [
        ["a", 3],
        ["b", 1],
        ["c", 2],
      ],
      3,
      2,
      ["b", "c"],
    ],
    [
      "all, when all are needed",
      [
        ["a", 2],
        ["b", 1],
      ],
      2,
      2,
      ["b", "a"],
    ],
    [
      "of equally idle ones the first by key",
      [
        ["b", 1],
        ["c", 1],
        ["a", 1],
      ],
      3,
      1,
      ["a"],
    ],
  ])("%s", (_, groups, maxGroups, needed, expected) => {
    expect(leaving(tableOf(groups), maxGroups, needed, [keeping(forever)], 100).keys.sort()).toEqual(expected.sort());
  });

  it("of equally idle ones those of the first grouping", () => {
    const table = tableOf([["z", 1]], [["a", 1]]);
    expect(leaving(table, 2, 1, [keeping(forever), keeping(forever)], 100).keys).toEqual(["z"]);
  });

  it("a sixteenth of the room, so that the next pass is far", () => {
    const groups = Array.from({ length: 64 }, (_, i): Group => [`g${i}`, i]);
    expect(leaving(tableOf(groups), 64, 1, [keeping(forever)], 100).keys).toEqual(["g0", "g1", "g2", "g3"]);
  });

  it("first the expired: then nobody else has to", () => {
    const table = tableOf([
      ["old", 10],
      ["idle", 11],
      ["busy", 99],
    ]);
    expect(leaving(table, 3, 1, [keeping(89)], 100).keys).toEqual(["old"]);
  });

  it("the expired even where there is room, protected or not: nothing counts them any more", () => {
    const table = tableOf([
      ["old", 10],
      ["edge", 11],
    ]);
    expect(leaving(table, 1000, 1, [keeping(89, () => true)], 100).keys).toEqual(["old"]);
  });

  it("the expired of a grouping by its own retention, those of an unknown grouping never", () => {
    const table = tableOf([["a", 50]], [["b", 50]], [["c", 50]]);
    expect(leaving(table, 100, 1, [keeping(49), keeping(51), undefined], 100).keys).toEqual(["a"]);
  });

  it("groups that the policy does not know like any unprotected one", () => {
    const table = tableOf([["known", 2]], [["unknown", 1]]);
    expect(leaving(table, 2, 1, [keeping(forever), undefined], 100).keys).toEqual(["unknown"]);
  });

  it("never a protected one, however long idle", () => {
    const guarded = keeping(forever, ({ at }) => at < 3);
    const { keys, room } = leaving(
      tableOf([
        ["a", 1],
        ["b", 2],
        ["c", 3],
        ["d", 4],
      ]),
      4,
      3,
      [guarded],
      100,
    );
    expect(keys).toEqual(["c", "d"]);
    expect(room).toMatchObject({ groups: 2, starved: true });
  });

  it("nobody when all are protected, and that is said", () => {
    const { keys, room } = leaving(
      tableOf([
        ["a", 1],
        ["b", 2],
      ]),
      2,
      1,
      [keeping(forever, () => true)],
      100,
    );
    expect(keys).toEqual([]);
    expect(room).toMatchObject({ groups: 2, starved: true });
  });

  it("asks for protection at the time of the clock", () => {
    const asked: number[] = [];
    leaving(tableOf([["a", 1]]), 1, 1, [keeping(forever, (_, now) => asked.push(now) > 0)], 77);
    expect(new Set(asked)).toEqual(new Set([77]));
  });
});

const draws = fc.record({
  maps: fc.array(fc.array(fc.nat(40), { maxLength: 25 }), { minLength: 1, maxLength: 3 }),
  needed: fc.integer({ min: 1, max: 5 }),
  spare: fc.nat(6),
  retention: fc.constantFrom(forever, 20),
  guarded: fc.func(fc.boolean()),
});

describe("whatever is remembered", () => {
  it("room for all that may come is made, or all that stay are protected; and those who leave are the longest idle", () => {
    fc.assert(
      fc.property(draws, ({ maps, needed, spare, retention, guarded }) => {
        const table = tableOf(...maps.map((ats, map) => ats.map((at, i): Group => [`${map}-${i}`, at])));
        const maxGroups = Math.max(1, sizeOf(table) + spare);
        const keeps = maps.map(() => keeping(retention, ({ at }) => guarded(at)));
        const { keys, room } = leaving(table, maxGroups, needed, keeps, 40);
        const all = table.flatMap((map) => [...map].map(([key, { at }]) => ({ key, at, left: keys.includes(key) })));
        const expired = all.filter(({ at }) => at < 40 - retention);
        const mayLeave = all.filter(({ at }) => at >= 40 - retention && !guarded(at));
        expect(expired.every(({ left }) => left)).toBe(true);
        expect(keys.length).toBe(expired.length + mayLeave.filter(({ left }) => left).length);
        expect(room.groups).toBe(all.length - keys.length);
        const batch = Math.min(maxGroups, needed);
        expect(room.starved).toBe(maxGroups - room.groups < batch);
        expect(room.starved && mayLeave.some(({ left }) => !left)).toBe(false);
        const newestLeft = Math.max(...mayLeave.filter(({ left }) => left).map(({ at }) => at));
        for (const { at, left } of mayLeave) if (!left) expect(at).toBeGreaterThanOrEqual(newestLeft);
        const wanted = Math.max(0, all.length - expired.length - (maxGroups - batch));
        expect(keys.length - expired.length).toBe(Math.min(wanted, mayLeave.length));
      }),
      { numRuns: 400 },
    );
  });
});

describe("what it costs to make room", () => {
  it("no look at any group while passes are not due", () => {
    const untouchable = {
      get retention(): number {
        throw new Error("looked");
      },
      isProtected: () => false,
    };
    const evicted: Evicted = { maps: [], keys: [], before: [] };
    const room = roomOf(100, 1, 4);
    expect(makeRoom(tableOf([["a", 1]]), room, 4, [untouchable], 100, evicted)).toBe(room);
  });

  it.each([
    ["fresh groups that nothing protects", () => false, 4096, 1],
    ["groups that all are protected, so that newcomers are refused", () => true, 4096, 1],
    ["up to four new groups an event", () => false, 4096, 4],
  ])("at most one pass per batch of new groups, for %s", (_, isProtected, maxGroups, needed) => {
    let looks = 0;
    const keep: Keep = {
      get retention() {
        looks++;
        return forever;
      },
      isProtected,
    };
    const [table] = [[new Map()] as Table];
    let room = roomOf(maxGroups, 0);
    let passes = 0;
    const events = 30_000 / needed;
    for (let i = 0; i < events; i++) {
      const evicted: Evicted = { maps: [], keys: [], before: [] };
      const before = room;
      room = makeRoom(table, room, needed, [keep], i, evicted);
      if (room !== before) passes++;
      for (const key of evicted.keys) table[0]!.delete(key);
      for (let n = 0; n < needed; n++) {
        const admitted = room.groups < maxGroups;
        if (admitted) table[0]!.set(`${i}-${n}`, { at: i, cells: [] });
        room = { ...room, groups: room.groups + (admitted ? 1 : 0), untilPass: room.untilPass - 1 };
      }
      expect(room.groups).toBe(table[0]!.size);
    }
    const batch = maxGroups / 16;
    expect(passes).toBeLessThanOrEqual((events * needed) / (batch - needed + 1) + 2);
    expect(passes).toBeGreaterThan(0);
    expect(looks / (events * needed)).toBeLessThan(3 * 16 + 3);
  });
});
