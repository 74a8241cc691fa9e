import type { LoginEvent } from "../model/login-event.js";
import { type Evicted, makeRoom } from "../state/admission.js";
import { tick } from "../state/clock.js";
import type { GroupRecord, Latch } from "../state/group-record.js";
import type { Clock, Room, StateVersion } from "../state/login-state.js";
import { applyStep, copyTable, isDueForCopy, passOn, rootHold, type Step, type Table, type TableHold, tableOf } from "../state/table.js";
import { bind } from "./binding.js";
import { type FoldMode, foldEvent, matchPredicates, renewRecord } from "./fold.js";
import type { CompiledPolicy } from "./policy.js";
import { type Recognised, recognise } from "./recognise.js";
import { type Touch, touchGroups } from "./touch.js";

/** A state after one more event, and the patterns that hold in it. */
export interface Committed {
  readonly version: StateVersion;
  readonly recognised: readonly Recognised[];
}

/**
 * Folds an event into a state: makes room where it is time to, folds the groups that the event belongs to, runs the detectors on
 * the result and sets their latches, and writes it all to the table, with a way back for the version before. `touched` is what the
 * event touches in this state, where that is known already.
 */
export function commit(compiled: CompiledPolicy, version: StateVersion, event: LoginEvent, mode: FoldMode, touched?: Touch): Committed {
  const { plan } = compiled;
  const clock = tick(version.clock, event);
  const settled = version.room.untilPass < plan.groups.length ? clearRoom(compiled, version, clock, mode) : version;
  const held = tableOf(settled.hold) ?? [];
  const copied = mode === "fresh" && isDueForCopy(settled.hold, settled.room.groups);
  const table = copied ? copyTable(settled.hold, held) : held;
  const binding = bind(plan, settled.layout);
  for (let i = table.length; i < binding.layout.groupings.length; i++) table.push(new Map());

  const reusable = touched !== undefined && settled === version && touched.binding === binding;
  const touch = reusable ? touched : touchGroups(plan, binding, table, event, compiled.alias);
  const matched = matchPredicates(plan, event);
  const { records: folded, changed } = foldEvent(plan, touch, event, matched, mode);
  const room = admit(folded, touch, settled.room);
  const recognised =
    (matched & plan.watched) === 0 ? none : recognise(plan, event, { matched, changed }, touched ?? touch, afterwards(touch, folded));
  for (const { planned } of recognised) latch(folded, touch, planned.group, planned.latch, event, mode);

  const step: Step = { maps: binding.maps, keys: touch.keys, before: touch.records, after: folded };
  applyStep(table, step);
  const hold = copied ? rootHold(table) : nextHold(settled.hold, table, step, mode);
  return { version: { hold, layout: binding.layout, clock, room }, recognised };
}

const none: readonly Recognised[] = [];

/** The state after a pass over all its groups, which is due once in a while. */
function clearRoom({ plan }: CompiledPolicy, version: StateVersion, clock: Clock, mode: FoldMode): StateVersion {
  const table = tableOf(version.hold) ?? [];
  const evicted: Evicted = { maps: [], keys: [], before: [] };
  const room = makeRoom(table, version.room, plan.groups.length, bind(plan, version.layout).keeps, clock.now, evicted);
  if (evicted.keys.length === 0) return { hold: version.hold, layout: version.layout, clock: version.clock, room };
  const step: Step = { ...evicted, after: new Array<undefined>(evicted.keys.length).fill(undefined) };
  applyStep(table, step);
  return { hold: nextHold(version.hold, table, step, mode), layout: version.layout, clock: version.clock, room };
}

/** Counts the new groups and drops those for which there is no room. */
function admit(folded: (GroupRecord | undefined)[], touch: Touch, room: Room): Room {
  let { groups, untilPass } = room;
  for (let i = 0; i < folded.length; i++) {
    if (folded[i] === touch.records[i] || touch.records[i] !== undefined) continue;
    untilPass--;
    if (groups < room.maxGroups) groups++;
    else folded[i] = undefined;
  }
  return untilPass === room.untilPass ? room : { maxGroups: room.maxGroups, groups, untilPass, starved: room.starved };
}

/** The groups as they are once the event is folded in. */
function afterwards({ binding, identity, kept, aliasError, keys }: Touch, folded: readonly (GroupRecord | undefined)[]): Touch {
  return { binding, identity, kept, aliasError, keys, records: folded };
}

/** Notes in the subject's record that the pattern held at this event. */
function latch(folded: (GroupRecord | undefined)[], touch: Touch, group: number, slot: number, event: LoginEvent, mode: FoldMode): void {
  const before = touch.records[group];
  const known = folded[group];
  const record = known !== undefined && known !== before ? known : renewRecord(before, event, mode, touch.binding.widths[group]!);
  const cell = touch.binding.cells[group]![slot]!;
  const held = record.cells[cell] as Latch | undefined;
  record.cells[cell] = { heldAt: Math.max(event.at, held?.heldAt ?? event.at) };
  folded[group] = record;
}

/** The next version's hold. A state that has no table yet starts a fresh root, which the empty state does not know of. */
function nextHold(hold: TableHold, table: Table, step: Step, mode: FoldMode): TableHold {
  if (hold.table === undefined) return rootHold(table);
  return mode === "in-place" ? hold : passOn(hold, step);
}
