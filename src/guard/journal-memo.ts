import type { JournalBeginning } from "../core/journal/read-journal.js";

/** What is known of the journals that are busy now, so that only what is new in them is read. Nothing depends on it but speed. */
export interface JournalMemo {
  recall(key: string): JournalBeginning | undefined;
  note(key: string, beginning: JournalBeginning): void;
  /** Forgets them all. */
  clear(): void;
}

/** How many journals are remembered: those under attack are few, and all others are short. */
const mostJournals = 1_000;

/** From how many entries on a journal is worth remembering. */
const fewestEntries = 8;

/** A memo of one guard. */
export function journalMemo(): JournalMemo {
  const known = new Map<string, JournalBeginning>();
  return {
    recall: (key) => known.get(key),
    clear: () => known.clear(),
    note(key, beginning) {
      if (beginning.after.entries < fewestEntries && !known.has(key)) return;
      known.delete(key);
      known.set(key, beginning);
      if (known.size <= mostJournals) return;
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    },
  };
}
