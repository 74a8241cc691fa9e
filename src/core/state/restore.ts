import type { Cell, GroupRecord } from "./group-record.js";
import { type LoginState, sealState } from "./login-state.js";
import type { SnapshotCell, SnapshotGroup, SnapshotHeader, SnapshotMatch, SnapshotRecord } from "./snapshot.js";
import { rootHold, type Table } from "./table.js";

/**
 * The state that a snapshot was taken of. Takes any iterable of its records, as `JSON.parse` gives them.
 *
 * @throws TypeError naming the record (counted from 0) and what was expected; nothing half-read is returned.
 * @example
 * stateSize(restore(snapshot(createState()))).groups; //=> 0
 */
export function restore(records: Iterable<unknown>): LoginState {
  let header: SnapshotHeader | undefined;
  const table: Table = [];
  let groups = 0;
  let index = 0;
  for (const record of records) {
    if (header === undefined) {
      header = readHeader(record);
      for (const _ of header.layout) table.push(new Map());
    } else {
      const { by, key, record: group } = readGroup(record as SnapshotRecord, header, index);
      if (table[by]!.has(key)) throw wrong(index, "a group once");
      table[by]!.set(key, group);
      groups++;
    }
    index++;
  }
  if (header === undefined) throw wrong(0, "a snapshot header");
  const { clock, room, layout } = header;
  if (groups > room.maxGroups) throw wrong(index - 1, `at most ${room.maxGroups} groups`);
  return sealState({
    hold: rootHold(table),
    layout: { groupings: layout.map(({ name, slots }) => ({ name, slots: [...slots] })) },
    clock: { now: clock.now ?? Number.NEGATIVE_INFINITY, claimed: clock.claimed ?? Number.NEGATIVE_INFINITY, claimedBy: clock.claimedBy },
    room: { maxGroups: room.maxGroups, groups, untilPass: room.untilPass, starved: room.starved },
  });
}

function readHeader(value: unknown): SnapshotHeader {
  const header = value as Partial<SnapshotHeader> | null;
  if (typeof header !== "object" || header === null || header.portcullis !== "state") throw wrong(0, "a snapshot header");
  if (header.version !== 1) throw wrong(0, "snapshot version 1");
  const { layout, clock, room } = header;
  const named = (grouping: unknown): boolean => {
    const { name, slots } = (grouping ?? {}) as { name?: unknown; slots?: unknown };
    return typeof name === "string" && Array.isArray(slots) && slots.every((slot) => typeof slot === "string");
  };
  if (!Array.isArray(layout) || !layout.every(named)) throw wrong(0, "`layout` to list groupings with their slots");
  if (!clock || !isTimeOrNull(clock.now) || !isTimeOrNull(clock.claimed) || typeof clock.claimedBy !== "string")
    throw wrong(0, "`clock` with times");
  if (!room || ![room.maxGroups, room.groups, room.untilPass].every(isCount) || typeof room.starved !== "boolean")
    throw wrong(0, "`room` with counts");
  return header as SnapshotHeader;
}

function readGroup(value: SnapshotRecord, { layout }: SnapshotHeader, index: number): { by: number; key: string; record: GroupRecord } {
  const group = value as Partial<SnapshotGroup> | null;
  if (typeof group !== "object" || group === null || !isCount(group.by) || layout[group.by] === undefined)
    throw wrong(index, "`by` to be a grouping of the header");
  if (typeof group.key !== "string" || !isTime(group.at)) throw wrong(index, "`key` to be a text and `at` a time");
  const { slots } = layout[group.by]!;
  const cells = new Array<Cell | undefined>(slots.length).fill(undefined);
  for (const [slot, cell] of Object.entries(group.cells ?? {})) {
    if (slots[Number(slot)] === undefined) throw wrong(index, `\`cells.${slot}\` to be a slot of the header`);
    cells[Number(slot)] = readCell(cell, slots[Number(slot)]!, index, slot);
  }
  return { by: group.by, key: group.key, record: { at: group.at, cells } };
}

/** A slot's name tells what kind of cell stands there: `detected ...`, `frequency ...`, or entries. */
function readCell(cell: SnapshotCell, slot: string, index: number, position: string): Cell {
  if (slot.startsWith("detected ")) {
    if (!("heldAt" in cell) || !isTime(cell.heldAt)) throw wrong(index, `\`cells.${position}.heldAt\` to be a time`);
    return { heldAt: cell.heldAt };
  }
  if (slot.startsWith("frequency ")) {
    if (!("total" in cell) || !Array.isArray(cell.values) || !Array.isArray(cell.recent))
      throw wrong(index, `\`cells.${position}\` to be a tally`);
    return {
      total: cell.total,
      values: cell.values.map(([value]) => value),
      counts: cell.values.map(([, count]) => count),
      errors: cell.values.map(([, , error]) => error),
      lastAt: cell.values.map(([, , , lastAt]) => lastAt),
      recentAt: cell.recent.map(([at]) => at),
      recentIds: cell.recent.map(([, id]) => id),
    };
  }
  if (!("settled" in cell)) throw wrong(index, `\`cells.${position}.settled\` to list matches`);
  const settled = readMatches(cell.settled, index, position);
  const pending = readMatches(cell.pending ?? [], index, position);
  return {
    at: settled.map(([at]) => at),
    ids: settled.map(([, id]) => id),
    values: valuesOf(settled),
    pendingAt: pending.map(([at]) => at),
    pendingIds: pending.map(([, id]) => id),
    pendingValues: valuesOf(pending),
  };
}

function readMatches(matches: readonly SnapshotMatch[], index: number, position: string): readonly SnapshotMatch[] {
  const ordered = (match: SnapshotMatch, i: number): boolean => {
    const before = matches[i - 1];
    return before === undefined || before[0] < match[0] || (before[0] === match[0] && before[1] < match[1]);
  };
  const valid =
    Array.isArray(matches) && matches.every((match, i) => isTime(match[0]) && typeof match[1] === "string" && ordered(match, i));
  if (!valid) throw wrong(index, `\`cells.${position}\` to list matches in order of time and id`);
  return matches;
}

function valuesOf(matches: readonly SnapshotMatch[]): string[] {
  return matches.flatMap((match) => (match.length === 3 ? [match[2]] : []));
}

const isTime = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

const isTimeOrNull = (value: unknown): boolean => value === null || isTime(value);

const isCount = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;

function wrong(index: number, expected: string): TypeError {
  return new TypeError(`snapshot record ${index}: expected ${expected}`);
}
