import { journalFault } from "./journal-fault.js";

/** The lines of a journal, which is JSON but for the brackets round it and ends with a comma. */
export function parseJournal(journal: string): readonly unknown[] {
  if (journal === "") return [];
  // a store is outside: what it answers may be no text at all
  if (typeof journal !== "string") throw journalFault("a text");
  if (!journal.endsWith("],")) throw journalFault("a last line that is whole");
  let lines: unknown;
  try {
    lines = JSON.parse(`[${journal.slice(0, -1)}]`);
  } catch {
    throw journalFault("JSON");
  }
  return lines as readonly unknown[];
}
