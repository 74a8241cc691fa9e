import type { Entries } from "../aggregates/entries.js";
import { copyEntries } from "../aggregates/entries.js";
import type { Cell, GroupRecord } from "../state/group-record.js";
import { type Folding, foldLine } from "./fold-line.js";
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

/** A group before and after the last entries of its journal. */
export interface JournalReading {
  readonly before: GroupRecord | undefined;
  readonly after: JournalRecord;
  /** Whether the last entries changed anything: an event delivered again does not. */
  readonly changed: boolean;
}

/** The beginning of a journal as it was read before. */
export interface JournalBeginning {
  readonly journal: string;
  readonly after: JournalRecord;
}

/**
 * Folds a journal into the record that it stands for, with the same steps as an event folds into a state. `last` entries at its end are those of
 * the reader: `before` is the record without them. What is `known` of its beginning need not be read again: a journal only grows at its end, until it
 * is folded and begins otherwise.
 *
 * @throws TypeError when the journal is not what was written.
 */
export function readJournal(journal: string, form: JournalForm, last: number, known?: JournalBeginning): JournalReading {
  // behind nothing may stand a snapshot, which only ever begins a journal
  if (known !== undefined && known.journal !== "" && typeof journal === "string" && journal.startsWith(known.journal)) {
    const lines = parseJournal(journal.slice(known.journal.length));
    if (lines.length >= last) {
      const folding = resumeFolding(form, known.after);
      const reading = foldLines(folding, lines, 0, last, known.after.entries);
      if (folding.wanted === undefined) return reading;
    }
  }
  const lines = parseJournal(journal);
  let capacities = form.capacities;
  for (;;) {
    const snapshot = readJournalSnapshot(lines[0], form);
    const folding = openFolding(form, snapshot, capacities);
    const from = snapshot === undefined ? 0 : 1;
    const reading = foldLines(folding, lines, from, last, -from);
    if (folding.wanted === undefined) return reading;
    // rarely: somebody with larger limits wrote here, and what they keep must not be lost on the way
    capacities = folding.wanted;
  }
}

function openFolding(form: JournalForm, snapshot: ReadSnapshot | undefined, capacities: readonly number[]): Folding {
  return {
    form,
    cells: snapshot?.cells ?? emptyCells(form),
    at: snapshot?.at ?? Number.NEGATIVE_INFINITY,
    capacities: snapshot === undefined ? capacities : capacities.map((capacity, i) => Math.max(capacity, snapshot.capacities[i]!)),
    wanted: undefined,
    foreignCells: snapshot?.foreign ?? nothingForeign,
    foreignEntries: [],
    lastId: snapshot?.lastId ?? "",
  };
}

function resumeFolding(form: JournalForm, { record, capacities, foreignCells, foreignEntries, lastId }: JournalRecord): Folding {
  return {
    form,
    cells: record === undefined ? emptyCells(form) : record.cells.map(renewed),
    at: record?.at ?? Number.NEGATIVE_INFINITY,
    capacities,
    wanted: undefined,
    foreignCells,
    foreignEntries: [...foreignEntries],
    lastId,
  };
}

function emptyCells({ slots }: JournalForm): (Cell | undefined)[] {
  return new Array<Cell | undefined>(slots.length).fill(undefined);
}

function foldLines(folding: Folding, lines: readonly unknown[], from: number, last: number, entriesBefore: number): JournalReading {
  const own = Math.max(from, lines.length - last);
  for (let i = from; i < own; i++) foldLine(folding, lines[i]);
  const before = recordOf(folding);
  if (before !== undefined && own < lines.length) folding.cells = folding.cells.map(renewed);
  let changed = false;
  for (let i = own; i < lines.length; i++) changed = foldLine(folding, lines[i]) || changed;
  const { capacities, foreignCells, foreignEntries, lastId } = folding;
  const entries = entriesBefore + lines.length;
  return { before, after: { record: recordOf(folding), capacities, foreignCells, foreignEntries, entries, lastId }, changed };
}

const nothingForeign: { readonly [id: string]: unknown } = {};

function recordOf({ cells, at }: Folding): GroupRecord | undefined {
  return at === Number.NEGATIVE_INFINITY ? undefined : { at, cells };
}

/** A cell that may be written to while the old one stays as it was: its lists are never written to. */
function renewed(cell: Cell | undefined): Cell | undefined {
  if (cell === undefined) return undefined;
  return "pendingAt" in cell ? copyEntries(cell as Entries) : { ...cell };
}
