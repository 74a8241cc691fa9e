import { copyEntries, type Entries, type Match, noEntries, reserve, settle, withdraw } from "../aggregates/entries.js";
import { noTally, type Tally, tallyMatch } from "../aggregates/tally.js";
import type { LoginEvent } from "../model/login-event.js";
import type { Cell, GroupRecord } from "../state/group-record.js";
import type { Plan, PlanSlot } from "./plan.js";
import type { Touch } from "./touch.js";

/** How records change: `fresh` leaves the old ones as they were, `in-place` reuses them. The fold is the same. */
export type FoldMode = "fresh" | "in-place";

const longestValue = 512;

/** The records after a fold, and which of them it changed, one bit each. */
export interface Folded {
  readonly records: (GroupRecord | undefined)[];
  readonly changed: number;
}

/**
 * Folds one event into the groups it belongs to: their records afterwards, in the order of the plan. A group that it leaves alone, as an
 * event delivered again does, has the record that it had. `matched` says which predicates hold of it. Nothing is written to the table.
 */
export function foldEvent(plan: Plan, touch: Touch, event: LoginEvent, matched: number, mode: FoldMode): Folded {
  const { binding } = touch;
  const records = new Array<GroupRecord | undefined>(plan.groups.length);
  let changed = 0;
  for (let group = 0; group < records.length; group++) {
    const before = touch.records[group];
    records[group] = before;
    if (touch.keys[group] === undefined) continue;
    const { slots } = plan.groups[group]!;
    const cells = binding.cells[group]!;
    let record: GroupRecord | undefined;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]!;
      const old = before?.cells[cells[i]!];
      const cell = (matched & (1 << slot.where)) !== 0 ? foldMatch(old, slot, touch, event, mode) : foldOther(old, slot, event, mode);
      if (cell === undefined) continue;
      record ??= renewRecord(before, event, mode, binding.widths[group]!);
      record.cells[cells[i]!] = cell;
    }
    if (record === undefined) continue;
    records[group] = record;
    changed |= 1 << group;
  }
  return { records, changed };
}

/** A record to write to: newest activity noted, cells shared with the old one until they are written. */
export function renewRecord(before: GroupRecord | undefined, event: LoginEvent, mode: FoldMode, slots: number): GroupRecord {
  if (before === undefined) return { at: event.at, cells: new Array<Cell | undefined>(slots).fill(undefined) };
  if (mode === "in-place") {
    if (event.at > before.at) before.at = event.at;
    return before;
  }
  return { at: Math.max(event.at, before.at), cells: widened(before.cells, slots) };
}

/** A copy of a record's cells. Later declarations of a grown layout have no cell yet. */
function widened(cells: GroupRecord["cells"], slots: number): (Cell | undefined)[] {
  const copy = cells.slice();
  while (copy.length < slots) copy.push(undefined);
  return copy;
}

/** Which predicates hold of an event, one bit each. */
export function matchPredicates({ predicates }: Plan, event: LoginEvent): number {
  let matched = 0;
  for (let i = 0; i < predicates.length; i++) if (predicates[i]!.test(event)) matched |= 1 << i;
  return matched;
}

function foldMatch(old: Cell | undefined, slot: PlanSlot, touch: Touch, event: LoginEvent, mode: FoldMode): Cell | undefined {
  const value = slot.field?.of(touch.kept, event);
  if (slot.field !== undefined && (value === undefined || value.length > longestValue)) return undefined;
  const match: Match = { at: event.at, id: event.id, value };
  if (slot.frequency) {
    if (event.outcome === "pending") return undefined;
    const tally = renewTally(old as Tally | undefined, mode);
    return tallyMatch(tally, match, slot.capacity) ? tally : undefined;
  }
  const entries = renewEntries(old as Entries | undefined, mode);
  const changed = event.outcome === "pending" ? reserve(entries, match, slot) : settle(entries, match, slot);
  return changed ? entries : undefined;
}

/** An event that does not match takes back its own reservation, if it is settled and had one. */
function foldOther(old: Cell | undefined, slot: PlanSlot, event: LoginEvent, mode: FoldMode): Cell | undefined {
  if (old === undefined || slot.frequency || event.outcome === "pending") return undefined;
  const reserved = old as Entries;
  if (reserved.pendingIds.length === 0 || !reserved.pendingIds.includes(event.id)) return undefined;
  const entries = renewEntries(reserved, mode);
  withdraw(entries, event.id);
  return entries;
}

function renewEntries(old: Entries | undefined, mode: FoldMode): Entries {
  if (old === undefined) return noEntries();
  return mode === "in-place" ? old : copyEntries(old);
}

function renewTally(old: Tally | undefined, mode: FoldMode): Tally {
  if (old === undefined) return noTally();
  return mode === "in-place" ? old : { ...old };
}
