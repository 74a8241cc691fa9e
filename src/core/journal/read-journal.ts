import { type Entries, type Keeping, noEntries, reserve, settle, withdraw } from "../aggregates/entries.js";
import { noTally, type Tally, tallyMatch } from "../aggregates/tally.js";
import type { Cell, GroupRecord, Latch } from "../state/group-record.js";
import { isTime } from "../state/is-time.js";
import { latches, reserves, settles, withdraws } from "./entry.js";
import { journalFault } from "./journal-fault.js";
import type { JournalForm } from "./journal-form.js";
import { type ReadSnapshot, readJournalSnapshot } from "./journal-snapshot.js";
import { parseJournal } from "./parse-journal.js";

/** A group as its journal tells it. */
export interface JournalRecord {
  /** `undefined` where nothing is written. */
  readonly record: GroupRecord | undefined;
  /** Slot -> how many matches are to be kept: the most that any policy which wrote here asked for. */
  readonly capacities: readonly number[];
  /** Cells of declarations that this policy does not know, by slot id. */
  readonly foreignCells: { readonly [id: string]: unknown };
  /** Entries on slots that this policy does not know. */
  readonly foreignEntries: readonly (readonly unknown[])[];
  /** How many entries stand behind the snapshot. */
  readonly entries: number;
  /** The id of the newest entry. */
  readonly lastId: string;
}

/** A group before and after the last entry of its journal. */
export interface JournalReading {
  readonly before: GroupRecord | undefined;
  readonly after: JournalRecord;
  /** Whether the last entries changed anything: an event delivered again does not. */
  readonly changed: boolean;
}

/**
 * Folds a journal into the record that it stands for, with the same steps as an event folds into a state. `last` entries at its end are those of
 * the reader: `before` is the record without them.
 *
 * @throws TypeError when the journal is not what was written.
 */
export function readJournal(journal: string, form: JournalForm, last: number): JournalReading {
  const lines = parseJournal(journal);
  const folding = openFolding(form, lines);
  const own = Math.max(folding.from, lines.length - last);
  for (let i = folding.from; i < own; i++) foldLine(folding, lines[i]);
  const before = recordOf(folding);
  if (own < lines.length) folding.cells = renewed(folding.cells);
  let changed = false;
  for (let i = own; i < lines.length; i++) changed = foldLine(folding, lines[i]) || changed;
  const { capacities, foreignCells, foreignEntries, lastId } = folding;
  const entries = lines.length - folding.from;
  return { before, after: { record: recordOf(folding), capacities, foreignCells, foreignEntries, entries, lastId }, changed };
}

interface Folding {
  readonly form: JournalForm;
  readonly from: number;
  cells: (Cell | undefined)[];
  at: number;
  readonly capacities: number[];
  readonly foreignCells: { readonly [id: string]: unknown };
  readonly foreignEntries: (readonly unknown[])[];
  lastId: string;
}

function openFolding(form: JournalForm, lines: readonly unknown[]): Folding {
  const snapshot: ReadSnapshot | undefined = readJournalSnapshot(lines[0], form);
  return {
    form,
    from: snapshot === undefined ? 0 : 1,
    cells: snapshot?.cells ?? new Array<Cell | undefined>(form.slots.length).fill(undefined),
    at: snapshot?.at ?? Number.NEGATIVE_INFINITY,
    capacities: form.slots.map(({ aggregate }, i) => Math.max(aggregate?.capacity ?? 0, snapshot?.capacities[i] ?? 0)),
    foreignCells: snapshot?.foreign ?? {},
    foreignEntries: [],
    lastId: snapshot?.lastId ?? "",
  };
}

function recordOf({ cells, at }: Folding): GroupRecord | undefined {
  return at === Number.NEGATIVE_INFINITY ? undefined : { at, cells };
}

/** Cells that may be written to while the old ones stay as they were: their lists are never written to. */
function renewed(cells: readonly (Cell | undefined)[]): (Cell | undefined)[] {
  return cells.map((cell) => (cell === undefined ? undefined : { ...cell }));
}

function foldLine(folding: Folding, line: unknown): boolean {
  if (!Array.isArray(line)) throw journalFault("an entry");
  const [at, id, deed]: readonly unknown[] = line;
  if (!isTime(at) || typeof id !== "string") throw journalFault("an entry `[time, id, deed, ...]`");
  let changed = false;
  let foreign: unknown[] | undefined;
  for (let i = 3; i < line.length; i += 3) {
    const [slot, capacity, value]: readonly unknown[] = [line[i], line[i + 1], line[i + 2]];
    const position = typeof slot === "string" ? folding.form.positions.get(slot) : undefined;
    if (typeof slot !== "string" || typeof capacity !== "number" || !(typeof value === "string" || value === 0)) {
      throw journalFault("`slot, capacity, value`");
    }
    if (position === undefined) {
      foreign ??= [at, id, deed];
      foreign.push(slot, capacity, value);
      continue;
    }
    if (capacity > folding.capacities[position]!) folding.capacities[position] = capacity;
    if (foldDeed(folding, position, deed, at, id, value)) changed = true;
  }
  if (foreign !== undefined) folding.foreignEntries.push(foreign);
  if (at > folding.at) folding.at = at;
  folding.lastId = id;
  return changed;
}

function foldDeed(folding: Folding, position: number, deed: unknown, at: number, id: string, value: string | 0): boolean {
  const { cells, capacities } = folding;
  const { aggregate } = folding.form.slots[position]!;
  if (deed === latches || aggregate === undefined) {
    if (deed !== latches || aggregate !== undefined) throw journalFault("a latch in the slot of a detector");
    const held = cells[position] as Latch | undefined;
    cells[position] = { heldAt: Math.max(at, held?.heldAt ?? at) };
    return true;
  }
  const capacity = capacities[position]!;
  const match = { at, id, value: value === 0 ? undefined : value };
  if (aggregate.field !== undefined && deed !== withdraws && match.value === undefined)
    throw journalFault("a value in the slot of a field");
  if (aggregate.frequency) {
    if (deed !== settles) throw journalFault("a settled match in the slot of a frequency");
    const tally = (cells[position] ?? noTally()) as Tally;
    const tallied = tallyMatch(tally, match, capacity);
    if (tallied) cells[position] = tally;
    return tallied;
  }
  const entries = (cells[position] ?? noEntries()) as Entries;
  const keeping: Keeping = { capacity, distinct: aggregate.distinct };
  const changed =
    deed === reserves
      ? reserve(entries, match, keeping)
      : deed === settles
        ? settle(entries, match, keeping)
        : withdrawFrom(entries, deed, id);
  if (changed) cells[position] = entries;
  return changed;
}

function withdrawFrom(entries: Entries, deed: unknown, id: string): boolean {
  if (deed !== withdraws) throw journalFault("a deed from 0 to 3");
  return withdraw(entries, id);
}
