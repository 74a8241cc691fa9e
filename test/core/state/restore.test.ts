import { describe, expect, it } from "vitest";
import { createState, stateSize } from "../../../src/core/state/login-state.js";
import { restore } from "../../../src/core/state/restore.js";
import { snapshot } from "../../../src/core/state/snapshot.js";
import { track } from "../../../src/core/verbs/track.js";
import { fourKinds } from "../../support/four-kinds.js";
import { throughJson } from "../../support/json.js";
import { login } from "../../support/login.js";

/** JSON that a test may spoil: everything is there, nothing is typed. */
// biome-ignore lint/suspicious/noExplicitAny: records of untrusted JSON
type Loose = any;

/** A sound snapshot: a header, a pair with three settled matches and a reservation, a source with values, an account with a tally. */
function records(): Loose[] {
  const events = [
    login(1, { id: "a", outcome: "success" }),
    login(2, { id: "b" }),
    login(3, { id: "c" }),
    login(4, { id: "d" }),
    login(5, { id: "e", outcome: "pending" }),
  ];
  return throughJson([...snapshot(events.reduce((state, event) => track(event, state, fourKinds), createState()))]);
}

/** The first record and position in it of a cell of a kind. */
function cellOf(all: Loose[], kind: string): { index: number; slot: string; cells: Loose } {
  for (const [index, { by, cells }] of all.entries()) {
    if (cells === undefined) continue;
    const slot = Object.keys(cells).find((slot) => all[0].layout[by].slots[slot].startsWith(kind));
    if (slot !== undefined) return { index, slot, cells };
  }
  throw new Error(`no cell of kind ${kind}`);
}

describe("a sound snapshot", () => {
  it("is restored: the tables below spoil it one thing at a time", () => {
    expect(stateSize(restore(records())).groups).toBe(records().length - 1);
    for (const kind of ["count ", "count-distinct ", "latest ", "frequency ", "detected "]) expect(cellOf(records(), kind)).toBeDefined();
  });
});

describe("a malformed header is refused, naming record 0 and what was expected", () => {
  it.each<[string, (header: Loose) => unknown, RegExp]>([
    ["null", () => null, /header/],
    ["a text", () => "portcullis", /header/],
    ["an array", () => [], /header/],
    ["another program's record", (header) => ({ ...header, portcullis: "policy" }), /header/],
    ["a group where the header should be", () => ({ by: 0, key: "x", at: 1, cells: {} }), /header/],
    ["a later version", (header) => ({ ...header, version: 2 }), /version 1/],
    ["no version", (header) => ({ ...header, version: undefined }), /version 1/],
    ["no layout", (header) => ({ ...header, layout: undefined }), /layout/],
    ["a layout that is no list", (header) => ({ ...header, layout: {} }), /layout/],
    ["a layout of nulls", (header) => ({ ...header, layout: [null] }), /layout/],
    ["a grouping without a name", (header) => ({ ...header, layout: [{ slots: [] }] }), /layout/],
    ["a grouping without slots", (header) => ({ ...header, layout: [{ name: "account" }] }), /layout/],
    ["a slot that is no text", (header) => ({ ...header, layout: [{ name: "account", slots: [1] }] }), /layout/],
    ["one grouping twice", (header) => ({ ...header, layout: [...header.layout, header.layout[0]] }), /layout/],
    ["one slot twice", (header) => ({ ...header, layout: [{ name: "account", slots: ["count x", "count x"] }] }), /layout/],
    ["no clock", (header) => ({ ...header, clock: undefined }), /clock/],
    ["a clock that is a time", (header) => ({ ...header, clock: 5 }), /clock/],
    ["a clock in text", (header) => ({ ...header, clock: { ...header.clock, now: "5" } }), /clock/],
    ["a claim without a claimant", (header) => ({ ...header, clock: { now: 5, claimed: 9 } }), /clock/],
    ["no room", (header) => ({ ...header, room: undefined }), /room/],
    ["a negative room", (header) => ({ ...header, room: { ...header.room, maxGroups: -1 } }), /room/],
    ["no room at all", (header) => ({ ...header, room: { ...header.room, maxGroups: 0 } }), /room/],
    ["more room than there may be", (header) => ({ ...header, room: { ...header.room, maxGroups: 16_000_001 } }), /room/],
    ["half a group of room", (header) => ({ ...header, room: { ...header.room, maxGroups: 1.5 } }), /room/],
    ["a pass that is never due", (header) => ({ ...header, room: { ...header.room, untilPass: 1e15 } }), /room/],
    ["room without a word on starving", (header) => ({ ...header, room: { ...header.room, starved: "no" } }), /room/],
  ])("%s", (_, spoil, expected) => {
    const [header, ...groups] = records();
    const restoring = () => restore([spoil(header), ...groups]);
    expect(restoring).toThrow(TypeError);
    expect(restoring).toThrow(/^snapshot record 0: expected /);
    expect(restoring).toThrow(expected);
  });

  it.each([[[]], [""]])("%j, in which there is none", (given) => {
    expect(() => restore(given)).toThrow("snapshot record 0: expected a snapshot header");
  });
});

describe("a malformed group is refused, naming its record and what was expected", () => {
  it.each<[string, (group: Loose) => unknown, RegExp]>([
    ["null", () => null, /`by`/],
    ["a number", () => 5, /`by`/],
    ["a grouping that is not there", (group) => ({ ...group, by: 99 }), /`by`/],
    ["a grouping by name", (group) => ({ ...group, by: "account" }), /`by`/],
    ["half a grouping", (group) => ({ ...group, by: 0.5 }), /`by`/],
    ["no key", (group) => ({ ...group, key: undefined }), /`key`/],
    ["a key that is a number", (group) => ({ ...group, key: 1 }), /`key`/],
    ["no time", (group) => ({ ...group, at: undefined }), /`at`/],
    ["a time in text", (group) => ({ ...group, at: "2026-01-01" }), /`at`/],
    ["no cells", (group) => ({ ...group, cells: undefined }), /`cells/],
    ["cells that are a number", (group) => ({ ...group, cells: 5 }), /`cells/],
    ["a slot that is not there", (group) => ({ ...group, cells: { 99: { settled: [] } } }), /`cells\.99`/],
    ["a slot by name", (group) => ({ ...group, cells: { constructor: { settled: [] } } }), /`cells\.constructor`/],
    ["a cell that is null", (group) => ({ ...group, cells: { 0: null } }), /`cells\.0/],
    ["a cell that is a text", (group) => ({ ...group, cells: { 0: "settled" } }), /`cells\.0/],
    ["a cell that is empty", (group) => ({ ...group, cells: { 0: {} } }), /`cells\.0/],
  ])("%s", (_, spoil, expected) => {
    const all = records();
    const restoring = () => restore(all.with(2, spoil(all[2])));
    expect(restoring).toThrow(TypeError);
    expect(restoring).toThrow(/^snapshot record 2: expected /);
    expect(restoring).toThrow(expected);
  });

  it("a group that is there twice", () => {
    const all = records();
    expect(() => restore([...all, all[1]])).toThrow(`snapshot record ${all.length}: expected a group once`);
  });

  it("more groups than there is room for", () => {
    const [header, ...groups] = records();
    const restoring = () => restore([{ ...header, room: { ...header.room, maxGroups: 1, untilPass: 0 } }, ...groups]);
    expect(restoring).toThrow(TypeError);
    expect(restoring).toThrow(/expected at most 1 groups/);
  });
});

describe("a malformed cell is refused, naming its record, its slot and what was expected", () => {
  it.each<[string, string, (cell: Loose) => unknown]>([
    ["matches that are no list", "count ", () => ({ settled: {} })],
    ["a match that is null", "count ", () => ({ settled: [null] })],
    ["a match that is a time alone", "count ", () => ({ settled: [5] })],
    ["a match without an id", "count ", () => ({ settled: [[5]] })],
    ["a match whose time is a text", "count ", () => ({ settled: [["5", "a"]] })],
    ["a match whose id is a number", "count ", () => ({ settled: [[5, 5]] })],
    [
      "matches out of order of time",
      "count ",
      () => ({
        settled: [
          [5, "a"],
          [4, "b"],
        ],
      }),
    ],
    [
      "matches out of order of id",
      "count ",
      () => ({
        settled: [
          [5, "b"],
          [5, "a"],
        ],
      }),
    ],
    [
      "a match twice",
      "count ",
      () => ({
        settled: [
          [5, "a"],
          [5, "a"],
        ],
      }),
    ],
    ["a value where there is no field", "count ", () => ({ settled: [[5, "a", "value"]] })],
    ["reservations that are no list", "count ", () => ({ settled: [], pending: 5 })],
    [
      "reservations out of order",
      "count ",
      () => ({
        settled: [],
        pending: [
          [5, "b"],
          [5, "a"],
        ],
      }),
    ],
    ["an id that is both settled and pending", "count ", () => ({ settled: [[5, "a"]], pending: [[5, "a"]] })],
    [
      "a match without its value",
      "count-distinct ",
      () => ({
        settled: [
          [5, "a", "ann"],
          [6, "b"],
        ],
      }),
    ],
    ["a value that is a number", "count-distinct ", () => ({ settled: [[5, "a", 7]] })],
    [
      "one value twice",
      "count-distinct ",
      () => ({
        settled: [
          [5, "a", "ann"],
          [6, "b", "ann"],
        ],
      }),
    ],
    ["a reservation without its value", "count-distinct ", () => ({ settled: [], pending: [[6, "b"]] })],
    ["a latest with a field and a match without its value", "latest ", () => ({ settled: [[5, "a"]] })],
    ["a latch without a time", "detected ", () => ({})],
    ["a latch whose time is a text", "detected ", () => ({ heldAt: "5" })],
    ["a latch that is a count", "detected ", () => ({ settled: [] })],
    ["a tally without a total", "frequency ", ({ total: _, ...tally }) => tally],
    ["a tally whose total is a text", "frequency ", (tally) => ({ ...tally, total: "5" })],
    ["a tally whose values are no list", "frequency ", (tally) => ({ ...tally, values: {} })],
    ["a tally of nulls", "frequency ", (tally) => ({ ...tally, values: [null] })],
    ["a tally whose value is a number", "frequency ", (tally) => ({ ...tally, values: [[5, 1, 0, 5]] })],
    ["a tally whose count is a text", "frequency ", (tally) => ({ ...tally, values: [["x", "1", 0, 5]] })],
    ["a tally without errors", "frequency ", (tally) => ({ ...tally, values: [["x", 1]] })],
    [
      "a tally with one value twice",
      "frequency ",
      (tally) => ({
        ...tally,
        values: [
          ["x", 1, 0, 5],
          ["x", 1, 0, 5],
        ],
      }),
    ],
    ["a tally without its recent ones", "frequency ", ({ recent: _, ...tally }) => tally],
    [
      "a tally whose recent ones are out of order",
      "frequency ",
      (tally) => ({
        ...tally,
        recent: [
          [5, "b"],
          [5, "a"],
        ],
      }),
    ],
    ["a tally whose recent ones have no id", "frequency ", (tally) => ({ ...tally, recent: [[5]] })],
  ])("%s", (_, kind, spoil) => {
    const all = records();
    const { index, slot, cells } = cellOf(all, kind);
    all[index] = { ...all[index], cells: { ...cells, [slot]: spoil(cells[slot]) } };
    const restoring = () => restore(all);
    expect(restoring).toThrow(TypeError);
    expect(restoring).toThrow(new RegExp(`^snapshot record ${index}: expected .*\`cells\\.${slot}`));
  });
});

describe("restoring", () => {
  it("passes on what its source throws: nothing half-read is returned", () => {
    const broken = function* (): Generator<unknown> {
      yield records()[0];
      throw new Error("the file ends here");
    };
    expect(() => restore(broken())).toThrow("the file ends here");
  });
});
