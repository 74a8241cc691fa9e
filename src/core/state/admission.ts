import type { GroupRecord } from "./group-record.js";
import type { Room } from "./login-state.js";
import type { Table } from "./table.js";

/** What the admission of new groups needs to know of a policy, per grouping of the table. */
export interface Keep {
  /** Milliseconds without activity after which a group holds nothing that any reading still counts. */
  readonly retention: number;
  /** Whether a group is at least half-way to the lowest BLOCK limit it counts towards. */
  readonly isProtected: (record: GroupRecord, now: number) => boolean;
}

/** The groups that leave, as three columns. */
export interface Evicted {
  readonly maps: number[];
  readonly keys: string[];
  readonly before: GroupRecord[];
}

/**
 * Makes room for an event that may bring up to `needed` new groups, when it is time to: expired groups leave; if less than a
 * sixteenth of the room (and less than `needed`) is free then, the unprotected leave, longest idle first, ties by grouping and key.
 * One pass costs a step per group and happens at most once per sixteenth of the cap, so a new group costs a bounded number of steps
 * whatever an attacker does. The table is only read: who leaves is noted in `evicted`.
 */
export function makeRoom(
  table: Table,
  room: Room,
  needed: number,
  keeps: readonly (Keep | undefined)[],
  now: number,
  evicted: Evicted,
): Room {
  if (room.untilPass >= needed) return room;
  const { maxGroups } = room;
  const batch = Math.min(maxGroups, Math.max(needed, maxGroups >> 4));
  noteExpired(table, keeps, now, evicted);
  const excess = room.groups - evicted.keys.length - (maxGroups - batch);
  if (excess > 0) noteOldest(table, keeps, now, excess, evicted);
  const groups = room.groups - evicted.keys.length;
  const free = maxGroups - groups;
  return { maxGroups, groups, untilPass: Math.max(batch, Math.min(groups, free)), starved: free < batch };
}

function note(evicted: Evicted, map: number, key: string, record: GroupRecord): void {
  evicted.maps.push(map);
  evicted.keys.push(key);
  evicted.before.push(record);
}

function isExpired(record: GroupRecord, keep: Keep | undefined, now: number): boolean {
  return keep !== undefined && record.at < now - keep.retention;
}

function noteExpired(table: Table, keeps: readonly (Keep | undefined)[], now: number, evicted: Evicted): void {
  for (const [map, groups] of table.entries()) {
    for (const [key, record] of groups) if (isExpired(record, keeps[map], now)) note(evicted, map, key, record);
  }
}

/** Notes up to `wanted` unprotected groups that have not expired, longest idle first. */
function noteOldest(table: Table, keeps: readonly (Keep | undefined)[], now: number, wanted: number, evicted: Evicted): void {
  const mayLeave = (record: GroupRecord, keep: Keep | undefined): boolean =>
    !isExpired(record, keep, now) && !keep?.isProtected(record, now);
  const idleSince: number[] = [];
  for (const [map, groups] of table.entries()) {
    for (const record of groups.values()) if (mayLeave(record, keeps[map])) idleSince.push(record.at);
  }
  if (idleSince.length === 0) return;
  const cut = Float64Array.from(idleSince).sort()[Math.min(wanted, idleSince.length) - 1]!;
  const atCut: { readonly map: number; readonly key: string; readonly record: GroupRecord }[] = [];
  let left = wanted;
  for (const [map, groups] of table.entries()) {
    for (const [key, record] of groups) {
      if (record.at > cut || !mayLeave(record, keeps[map])) continue;
      if (record.at === cut) {
        atCut.push({ map, key, record });
      } else {
        note(evicted, map, key, record);
        left--;
      }
    }
  }
  atCut.sort((a, b) => a.map - b.map || (a.key < b.key ? -1 : 1));
  for (const { map, key, record } of atCut.slice(0, left)) note(evicted, map, key, record);
}
