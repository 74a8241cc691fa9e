import { type Entries, noEntries, reserve, settle, withdraw } from "../aggregates/entries.js";
import { noTally, type Tally, tallyMatch } from "../aggregates/tally.js";
import type { PlanSlot } from "../engine/plan.js";
import type { Cell, Latch } from "../state/group-record.js";
import { isCount } from "../state/is-count.js";
import { isTime } from "../state/is-time.js";
import { latches, reserves, settles, takenBack } from "./entry.js";
import { journalFault } from "./journal-fault.js";
import type { JournalForm } from "./journal-form.js";

/** A journal while its lines are being folded. */
export interface Folding {
  readonly form: JournalForm;
  cells: (Cell | undefined)[];
  at: number;
  /** Slot -> how many matches are kept. */
  capacities: readonly number[];
  /** Set where a line asks for more than is kept: then all must be folded again, or what one writer needs is lost to another's smaller limit. */
  wanted: number[] | undefined;
  readonly foreignCells: { readonly [id: string]: unknown };
  readonly foreignEntries: (readonly unknown[])[];
  lastId: string;
}

/** Folds one line, and says whether it changed anything. */
export function foldLine(folding: Folding, line: unknown): boolean {
  if (!Array.isArray(line)) throw journalFault("an entry");
  const at: unknown = line[0];
  const id: unknown = line[1];
  const deed: unknown = line[2];
  if (!isTime(at) || typeof id !== "string") throw journalFault("an entry `[time, id, deed, ...]`");
  let changed = false;
  let foreign: unknown[] | undefined;
  for (let i = 3; i < line.length; i += 3) {
    const slot: unknown = line[i];
    const capacity: unknown = line[i + 1];
    const value: unknown = line[i + 2];
    if (typeof slot !== "string" || !isCount(capacity) || !(typeof value === "string" || value === 0 || value === takenBack)) {
      throw journalFault("`slot, capacity, value`");
    }
    const position = folding.form.positions.get(slot);
    if (position === undefined) {
      foreign ??= [at, id, deed];
      foreign.push(slot, capacity, value);
      continue;
    }
    if (capacity > folding.capacities[position]!) want(folding, position, capacity);
    if (foldDeed(folding, position, deed, at, id, value)) changed = true;
  }
  if (foreign !== undefined) folding.foreignEntries.push(foreign);
  if (at > folding.at) folding.at = at;
  folding.lastId = id;
  return changed;
}

function want(folding: Folding, position: number, capacity: number): void {
  folding.wanted ??= [...folding.capacities];
  folding.wanted[position] = Math.max(folding.wanted[position]!, capacity);
}

function foldDeed(folding: Folding, position: number, deed: unknown, at: number, id: string, value: string | number): boolean {
  const { cells } = folding;
  const { aggregate } = folding.form.slots[position]!;
  if (deed === latches || aggregate === undefined) {
    if (deed !== latches || aggregate !== undefined) throw journalFault("a latch in the slot of a detector");
    const held = cells[position] as Latch | undefined;
    cells[position] = { heldAt: Math.max(at, held?.heldAt ?? at) };
    return true;
  }
  if (deed !== reserves && deed !== settles) throw journalFault("a deed from 0 to 2");
  if (value === takenBack) return !aggregate.frequency && takeBack(cells[position] as Entries | undefined, id);
  if ((aggregate.field === undefined) !== (value === 0)) throw journalFault("a value in the slot of a field, and in no other");
  return foldMatch(folding, position, aggregate, deed === settles, { at, id, value: typeof value === "string" ? value : undefined });
}

function foldMatch(
  { cells, capacities }: Folding,
  position: number,
  { frequency, distinct }: PlanSlot,
  isSettled: boolean,
  match: { readonly at: number; readonly id: string; readonly value: string | undefined },
): boolean {
  const capacity = capacities[position]!;
  if (frequency) {
    if (!isSettled) throw journalFault("a settled match in the slot of a frequency");
    const tally = (cells[position] ?? noTally()) as Tally;
    const tallied = tallyMatch(tally, match, capacity);
    if (tallied) cells[position] = tally;
    return tallied;
  }
  const entries = (cells[position] ?? noEntries()) as Entries;
  const keeping = { capacity, distinct };
  const changed = isSettled ? settle(entries, match, keeping) : reserve(entries, match, keeping);
  if (changed) cells[position] = entries;
  return changed;
}

function takeBack(entries: Entries | undefined, id: string): boolean {
  return entries !== undefined && withdraw(entries, id);
}
