import { type LoginState, type StateVersion, sealState } from "./login-state.js";
import { readSnapshotGroup } from "./read-snapshot-group.js";
import { readSnapshotHeader } from "./read-snapshot-header.js";
import { snapshotFault } from "./snapshot-fault.js";
import { rootHold, type Table } from "./table.js";

/**
 * The state that a snapshot was taken of. Takes any iterable of its records, as `JSON.parse` gives them.
 *
 * @throws TypeError naming the record (counted from 0) and what was expected; nothing half-read is returned.
 * @example
 * stateSize(restore(snapshot(createState()))).groups; //=> 0
 */
export function restore(records: Iterable<unknown>): LoginState {
  let header: Omit<StateVersion, "hold"> | undefined;
  const table: Table = [];
  let groups = 0;
  for (const record of records) {
    if (header === undefined) {
      header = readSnapshotHeader(record);
      for (const _ of header.layout.groupings) table.push(new Map());
      continue;
    }
    // the header is record 0, so the first group is record 1
    const index = groups + 1;
    const { by, key, record: group } = readSnapshotGroup(record, header.layout, index);
    if (table[by]!.has(key)) throw snapshotFault(index, "a group once");
    if (groups === header.room.maxGroups) throw snapshotFault(index, `at most ${header.room.maxGroups} groups`);
    table[by]!.set(key, group);
    groups++;
  }
  if (header === undefined) throw snapshotFault(0, "a snapshot header");
  const { layout, clock, room } = header;
  if (groups !== room.groups) throw snapshotFault(groups, `${room.groups} groups, as the header says; the snapshot is cut off`);
  const { maxGroups, untilPass, starved } = room;
  return sealState({ hold: rootHold(table), layout, clock, room: { maxGroups, groups, untilPass, starved } });
}
