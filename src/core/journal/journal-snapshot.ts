import type { Cell } from "../state/group-record.js";
import { isCount } from "../state/is-count.js";
import { isJsonObject } from "../state/is-json-object.js";
import { isTime } from "../state/is-time.js";
import { readSnapshotCell } from "../state/read-snapshot-cell.js";
import { cellOf } from "../state/snapshot.js";
import { asciiJson } from "./ascii-json.js";
import { journalFault } from "./journal-fault.js";
import type { JournalForm } from "./journal-form.js";
import type { JournalRecord } from "./read-journal.js";

/** The first line of a journal whose older entries were folded together. */
export interface ReadSnapshot {
  readonly cells: (Cell | undefined)[];
  readonly at: number;
  readonly capacities: readonly number[];
  readonly foreign: { readonly [id: string]: unknown };
  readonly lastId: string;
}

/** Marks a snapshot where an entry has its time. */
const mark = -1;

/** How many entries for policies that nobody here knows are carried on. */
const mostForeign = 256;

/** Reads the first line of a journal, if it is a snapshot: `[-1, last id, at, { slot: [capacity, cell] }]`. */
export function readJournalSnapshot(line: unknown, form: JournalForm): ReadSnapshot | undefined {
  if (!Array.isArray(line) || line[0] !== mark) return undefined;
  const [, lastId, at, slots]: readonly unknown[] = line;
  if (typeof lastId !== "string" || !isTime(at) || !isJsonObject(slots)) throw journalFault("a snapshot `[-1, id, time, slots]`");
  const cells = new Array<Cell | undefined>(form.slots.length).fill(undefined);
  const capacities = new Array<number>(form.slots.length).fill(0);
  const foreign: Record<string, unknown> = {};
  for (const [id, held] of Object.entries(slots)) {
    const position = form.positions.get(id);
    if (position === undefined) {
      foreign[id] = held;
      continue;
    }
    if (!Array.isArray(held) || !isCount(held[0])) throw journalFault("`[capacity, cell]`");
    capacities[position] = held[0];
    cells[position] = readCell(held[1], form.slots[position]!.name);
  }
  return { cells, at, capacities, foreign, lastId };
}

/** What is wrong with a cell is wrong with the journal. */
function readCell(value: unknown, slot: string): Cell {
  try {
    return readSnapshotCell(value, slot, 0, slot);
  } catch {
    throw journalFault(`a cell of \`${slot}\``);
  }
}

/** The journal that a record stands for, in one line, and behind it what belongs to policies that this one does not know. */
export function writeJournal({ record, capacities, foreignCells, foreignEntries, lastId }: JournalRecord, form: JournalForm): string {
  if (record === undefined) return "";
  const slots: Record<string, unknown> = { ...foreignCells };
  for (const [position, { id }] of form.slots.entries()) {
    const cell = record.cells[position];
    if (cell !== undefined) slots[id] = [capacities[position]!, cellOf(cell)];
  }
  const foreign = foreignEntries.slice(-mostForeign).map((entry) => `${asciiJson(entry)},`);
  return `[${mark},${asciiJson(lastId)},${record.at},${asciiJson(slots)}],${foreign.join("")}`;
}
