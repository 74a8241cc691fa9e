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

/** Takes a group out of the table. */
export type Evict = (grouping: number, key: string) => void;

/**
 * Makes room for an event that may bring up to `needed` new groups, when it is time to: expired groups leave; if less than a
 * sixteenth of the room (and less than `needed`) is free then, the unprotected leave, longest idle first, ties by grouping and key.
 * One pass costs a step per group and happens at most once per sixteenth of the cap, so a new group costs a bounded number of steps
 * whatever an attacker does.
 */
export function makeRoom(table: Table, room: Room, needed: number, keeps: readonly (Keep | undefined)[], now: number, evict: Evict): Room {
  if (room.untilPass >= needed) return room;
  const { maxGroups } = room;
  const batch = Math.min(maxGroups, Math.max(needed, maxGroups >> 4));
  let groups = room.groups - evictExpired(table, keeps, now, evict);
  if (groups > maxGroups - batch) groups -= evictOldest(table, keeps, now, groups - (maxGroups - batch), evict);
  const free = maxGroups - groups;
  return { maxGroups, groups, untilPass: Math.max(batch, Math.min(groups, free)), starved: free < batch };
}

function evictExpired(table: Table, keeps: readonly (Keep | undefined)[], now: number, evict: Evict): number {
  let evicted = 0;
  table.forEach((map, grouping) => {
    const oldest = now - (keeps[grouping]?.retention ?? Number.POSITIVE_INFINITY);
    for (const [key, record] of map) {
      if (record.at >= oldest) continue;
      evict(grouping, key);
      evicted++;
    }
  });
  return evicted;
}

function evictOldest(table: Table, keeps: readonly (Keep | undefined)[], now: number, wanted: number, evict: Evict): number {
  const ats = unprotectedTimes(table, keeps, now).sort();
  if (ats.length === 0) return 0;
  const cut = ats[Math.min(wanted, ats.length) - 1]!;
  const atCut: { grouping: number; key: string }[] = [];
  let evicted = 0;
  table.forEach((map, grouping) => {
    for (const [key, record] of map) {
      if (record.at > cut || keeps[grouping]?.isProtected(record, now)) continue;
      if (record.at === cut) {
        atCut.push({ grouping, key });
        continue;
      }
      evict(grouping, key);
      evicted++;
    }
  });
  atCut.sort((a, b) => a.grouping - b.grouping || (a.key < b.key ? -1 : 1));
  for (const { grouping, key } of atCut.slice(0, wanted - evicted)) evict(grouping, key);
  return Math.min(wanted, ats.length);
}

function unprotectedTimes(table: Table, keeps: readonly (Keep | undefined)[], now: number): Float64Array {
  const ats: number[] = [];
  table.forEach((map, grouping) => {
    for (const record of map.values()) if (!keeps[grouping]?.isProtected(record, now)) ats.push(record.at);
  });
  return Float64Array.from(ats);
}
