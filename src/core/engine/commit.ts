import type { LoginEvent } from "../model/login-event.js";
import { makeRoom } from "../state/admission.js";
import { tick } from "../state/clock.js";
import type { GroupRecord } from "../state/group-record.js";
import type { Room, StateVersion } from "../state/login-state.js";
import { type Change, passOn, type Table, type TableHold, tableOf } from "../state/table.js";
import { type Binding, bind } from "./binding.js";
import { type FoldMode, foldEvent, renewRecord } from "./fold.js";
import type { CompiledPolicy } from "./policy.js";
import { type Recognised, recognise } from "./recognise.js";
import { identifyEvent, type Touch, touchGroups } from "./touch.js";

/** A state after one more event, and the patterns that hold in it. */
export interface Committed {
  readonly version: StateVersion;
  readonly recognised: readonly Recognised[];
}

/**
 * Folds an event into a state: makes room where it is time to, folds the groups that the event belongs to, runs the detectors on
 * the result and sets their latches, and writes it all to the table, with a way back for the version before.
 */
export function commit(compiled: CompiledPolicy, version: StateVersion, event: LoginEvent, mode: FoldMode): Committed {
  const { plan } = compiled;
  const binding = bind(plan, version.layout);
  const table = tableOf(version.hold) ?? [];
  for (let i = table.length; i < binding.layout.groupings.length; i++) table.push(new Map());
  const clock = tick(version.clock, event);
  const writer = openWriter(table, mode);
  const room = makeRoom(table, version.room, plan.groups.length, binding.keeps, clock.now, (map, key) => writer.evict(map, key));

  const touch = touchGroups(plan, binding, table, event, identifyEvent(event, compiled.alias).identity);
  const records = foldEvent(plan, binding, touch, event, mode);
  const admitted = admit(records, touch, room);
  const after: Touch = { identity: touch.identity, keys: touch.keys, records: records.map((record, i) => record ?? touch.records[i]) };
  const recognised = recognise(plan, binding, event, touch, after);
  for (const { planned } of recognised) latch(records, after, planned.group, binding, planned.latch, event, mode);

  for (let i = 0; i < records.length; i++) {
    const record = records[i];
    if (record !== undefined) writer.put(binding.maps[i]!, touch.keys[i]!, record, touch.records[i]);
  }
  return {
    version: { hold: nextHold(version.hold, table, writer.changes, mode), layout: binding.layout, clock, room: admitted },
    recognised,
  };
}

/** Counts the new groups and drops those for which there is no room. */
function admit(records: (GroupRecord | undefined)[], touch: Touch, room: Room): Room {
  let { groups, untilPass } = room;
  for (let i = 0; i < records.length; i++) {
    if (records[i] === undefined || touch.records[i] !== undefined) continue;
    untilPass--;
    if (groups < room.maxGroups) groups++;
    else records[i] = undefined;
  }
  return untilPass === room.untilPass ? room : { maxGroups: room.maxGroups, groups, untilPass, starved: room.starved };
}

/** Notes in the subject's record that the pattern held at this event. */
function latch(
  records: (GroupRecord | undefined)[],
  after: Touch,
  group: number,
  binding: Binding,
  slot: number,
  event: LoginEvent,
  mode: FoldMode,
): void {
  const slots = binding.layout.groupings[binding.maps[group]!]!.slots.length;
  const record = records[group] ?? renewRecord(after.records[group], event, mode, slots);
  const cell = binding.cells[group]![slot]!;
  const before = record.cells[cell] as { readonly heldAt: number } | undefined;
  record.cells[cell] = { heldAt: Math.max(event.at, before?.heldAt ?? event.at) };
  records[group] = record;
}

interface Writer {
  readonly changes: Change[];
  readonly evict: (map: number, key: string) => void;
  readonly put: (map: number, key: string, record: GroupRecord, before: GroupRecord | undefined) => void;
}

function openWriter(table: Table, mode: FoldMode): Writer {
  const changes: Change[] = [];
  const keepsPast = mode === "fresh";
  return {
    changes,
    evict(map, key) {
      if (keepsPast) changes.push({ grouping: map, key, before: table[map]!.get(key) });
      table[map]!.delete(key);
    },
    put(map, key, record, before) {
      if (keepsPast) changes.push({ grouping: map, key, before });
      else if (record === before) return;
      table[map]!.set(key, record);
    },
  };
}

/** The next version's hold. A state that has no table yet starts a fresh root, which the empty state does not know of. */
function nextHold(hold: TableHold, table: Table, changes: readonly Change[], mode: FoldMode): TableHold {
  if (hold.table === undefined) return { table, newer: undefined, undo: [] };
  return mode === "in-place" ? hold : passOn(hold, changes);
}
