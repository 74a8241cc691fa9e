import { writeJournal } from "../core/journal/journal-snapshot.js";
import { readJournal } from "../core/journal/read-journal.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { GroupRecord } from "../core/state/group-record.js";
import type { LoginStore, StoreAnswer, StoreFold, StorePart } from "../stores/store.js";
import type { GuardContext } from "./context.js";
import { report } from "./hooks.js";

/** Groups before and after an event, in the order of the plan. A group that was not asked for is as it was known before. */
export interface Written {
  /** When each group saw it, epoch milliseconds. */
  readonly ats: readonly (number | undefined)[];
  readonly before: readonly (GroupRecord | undefined)[];
  readonly after: readonly (GroupRecord | undefined)[];
  /** Which groups it changed, one bit each. */
  readonly changed: number;
  /** Whether a bounded store had no room for one of the groups. */
  readonly full: boolean;
}

/** An event at the time at which the store saw it. */
export function stampedBy(event: LoginEvent, written: Written | undefined): LoginEvent {
  const at = written?.ats.find((each) => each !== undefined);
  return at === undefined ? event : { ...event, at };
}

/** Behind how many entries a journal is folded into one line. */
const mostEntries = 32;

/** Of all who write at once, only who crosses a multiple of this folds. */
const foldEvery = 16;

/** Long enough to hold the id of the first line, which tells one state of a journal from any other. */
const headLength = 4_000;

/** A group that a part is for, and how many entries are its own. */
export interface Asked {
  readonly group: number;
  readonly own: number;
}

/** An exchange as it was answered. */
export interface Answered {
  readonly answers: readonly StoreAnswer[];
  readonly store: LoginStore;
  readonly parts: readonly StorePart[];
  readonly asked: readonly Asked[];
  readonly known: readonly (GroupRecord | undefined)[] | undefined;
  readonly at: number | undefined;
  readonly id: string;
}

/** The end of what counts as a time, as for an event. */
const latestTime = 8.64e15;

/**
 * Reads the groups of an event out of an exchange, and has journals folded that grew long.
 *
 * @throws TypeError when the store answered nonsense.
 */
export function readAnswers(context: GuardContext, { answers, store, parts, asked, known, at, id }: Answered): Written {
  const { length } = context.forms;
  const ats = new Array<number | undefined>(length).fill(undefined);
  const before = known?.slice() ?? new Array<GroupRecord | undefined>(length).fill(undefined);
  const after = before.slice();
  let changed = 0;
  let full = false;
  for (let i = 0; i < asked.length; i++) {
    const { group, own } = asked[i]!;
    const { at: stamped, journal } = answers[i]!;
    if (typeof stamped !== "number" || !(stamped >= 0 && stamped <= latestTime)) throw new TypeError("the store gave no time");
    ats[group] = at ?? stamped;
    if (journal === undefined) {
      full = true;
      continue;
    }
    const { key } = parts[i]!;
    const reading = readJournal(journal, context.forms[group]!, own, context.memo.recall(key));
    // a journal without it would count nothing, and let everybody guess
    if (own > 0 && reading.after.lastId !== id) throw new TypeError("the store lost the entry that was just written");
    context.memo.note(key, { journal, after: reading.after });
    before[group] = reading.before;
    after[group] = reading.after.record;
    if (reading.changed) changed |= 1 << group;
    if (isDueForFolding(reading.after.entries, own)) {
      const text = writeJournal(reading.after, context.forms[group]!);
      foldLater(context, store, { key, head: journal.slice(0, headLength), length: journal.length, text });
    }
  }
  return { ats, before, after, changed, full };
}

/** Has a store fold a journal. Nobody waits for it, and nothing comes of a failure but its report. */
async function foldLater({ hooks }: GuardContext, store: LoginStore, fold: StoreFold): Promise<void> {
  try {
    await store.compact(fold);
  } catch (error) {
    report(hooks, { where: "store", error });
  }
}

/** Whether the entries just written took a journal across one of the marks at which it is folded. */
function isDueForFolding(entries: number, own: number): boolean {
  return entries > mostEntries && Math.ceil((entries - mostEntries) / foldEvery) > Math.ceil((entries - own - mostEntries) / foldEvery);
}
