import type { Entries } from "../aggregates/entries.js";
import type { Tally } from "../aggregates/tally.js";
import type { Cell, GroupRecord, Latch } from "./group-record.js";
import { type LoginState, openState } from "./login-state.js";
import { tableOf } from "./table.js";

/** The first record of a snapshot: everything but the groups. */
export interface SnapshotHeader {
  readonly portcullis: "state";
  readonly version: 1;
  readonly layout: readonly { readonly name: string; readonly slots: readonly string[] }[];
  /** `null` stands for "nothing seen yet". */
  readonly clock: { readonly now: number | null; readonly claimed: number | null; readonly claimedBy: string };
  readonly room: { readonly maxGroups: number; readonly groups: number; readonly untilPass: number; readonly starved: boolean };
}

/** A settled or pending match: time, event id, and the value where the aggregate has a field. */
export type SnapshotMatch = readonly [at: number, id: string] | readonly [at: number, id: string, value: string];

/** One cell, in the form of its declaration. */
export type SnapshotCell =
  | { readonly settled: readonly SnapshotMatch[]; readonly pending?: readonly SnapshotMatch[] }
  | {
      readonly total: number;
      /** The largest count that a value took over from one it replaced; 0 while none was. */
      readonly replaced: number;
      readonly values: readonly (readonly [value: string, count: number, error: number, lastAt: number])[];
      readonly recent: readonly (readonly [at: number, id: string])[];
    }
  | { readonly heldAt: number };

/** One group. */
export interface SnapshotGroup {
  /** Position of the grouping in the header's layout. */
  readonly by: number;
  readonly key: string;
  readonly at: number;
  /** Slot position -> cell; empty slots are left out. */
  readonly cells: { readonly [slot: string]: SnapshotCell };
}

/** A record of a snapshot: plain JSON, one a line if you like. */
export type SnapshotRecord = SnapshotHeader | SnapshotGroup;

/**
 * A state as a stream of JSON records: a header, then one record a group. `restore` makes the same state of them: no later decision
 * changes. The state may be advanced while the stream is read.
 *
 * Holds account names and addresses: treat a snapshot as the personal data that it is.
 *
 * @example
 * [...snapshot(createState())].length; //=> 1
 */
export function* snapshot(state: LoginState): Generator<SnapshotRecord, void, undefined> {
  const { hold, layout, clock, room } = openState(state);
  const { maxGroups, groups, untilPass, starved } = room;
  const maps = (tableOf(hold) ?? []).map((map) => ({ keys: [...map.keys()], records: [...map.values()] }));
  yield {
    portcullis: "state",
    version: 1,
    layout: layout.groupings.map(({ name, slots }) => ({ name, slots: [...slots] })),
    clock: { now: finiteOrNull(clock.now), claimed: finiteOrNull(clock.claimed), claimedBy: clock.claimedBy },
    room: { maxGroups, groups, untilPass, starved },
  };
  for (const [by, { keys, records }] of maps.entries()) {
    for (const [i, key] of keys.entries()) yield groupOf(by, key, records[i]!);
  }
}

function groupOf(by: number, key: string, { at, cells }: GroupRecord): SnapshotGroup {
  const written = cells.map((cell, slot) => [slot, cell] as const).filter((pair): pair is readonly [number, Cell] => pair[1] !== undefined);
  return { by, key, at, cells: Object.fromEntries(written.map(([slot, cell]) => [slot, cellOf(cell)])) };
}

/** One cell as plain JSON. */
export function cellOf(cell: Cell): SnapshotCell {
  if (isLatch(cell)) return { heldAt: cell.heldAt };
  if (isTally(cell)) {
    const { total, replaced, values, counts, errors, lastAt, recentAt, recentIds } = cell;
    return {
      total,
      replaced,
      values: values.map((value, i) => [value, counts[i]!, errors[i]!, lastAt[i]!] as const),
      recent: recentAt.map((at, i) => [at, recentIds[i]!] as const),
    };
  }
  const settled = matchesOf(cell.at, cell.ids, cell.values);
  if (cell.pendingAt.length === 0) return { settled };
  return { settled, pending: matchesOf(cell.pendingAt, cell.pendingIds, cell.pendingValues) };
}

function matchesOf(ats: readonly number[], ids: readonly string[], values: Entries["values"]): SnapshotMatch[] {
  return ats.map((at, i) => (values.length === 0 ? ([at, ids[i]!] as const) : ([at, ids[i]!, values[i]!] as const)));
}

function isLatch(cell: Cell): cell is Latch {
  return "heldAt" in cell;
}

function isTally(cell: Cell): cell is Tally {
  return "total" in cell;
}

function finiteOrNull(time: number): number | null {
  return Number.isFinite(time) ? time : null;
}
