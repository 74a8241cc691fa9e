import { matchPredicates } from "../core/engine/fold.js";
import { asciiJson } from "../core/journal/ascii-json.js";
import { writeEntry, writeStamp } from "../core/journal/entry.js";
import { writeJournal } from "../core/journal/journal-snapshot.js";
import { readJournal } from "../core/journal/read-journal.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { GroupRecord } from "../core/state/group-record.js";
import type { LoginStore, StoreAnswer, StoreFold, StorePart } from "../stores/store.js";
import type { GuardContext } from "./context.js";
import { report } from "./hooks.js";
import type { Located } from "./locate.js";
import type { ReadAnswers } from "./store-line.js";

/** An event as parts of an exchange, and how to read what comes back. */
export interface Writing {
  readonly parts: readonly StorePart[];
  readonly read: ReadAnswers<Written>;
  /** Which predicates hold of the event, one bit each. */
  readonly matched: number;
  /** Which held while it was pending. */
  readonly reserved: number;
}

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

/** How an event is written. */
export interface WriteOptions {
  /** When each group saw the attempt begin; absent for the store to stamp. */
  readonly ats?: readonly (number | undefined)[] | undefined;
  /** What is known of the groups; given, only those are asked for that the event writes to. */
  readonly known?: readonly (GroupRecord | undefined)[] | undefined;
  /** Which predicates held of the attempt while it was pending, one bit each; absent where nobody noted it. */
  readonly reserved?: number | undefined;
}

/** Behind how many entries a journal is folded into one line. */
const mostEntries = 32;

/** Of all who write at once, only who crosses a multiple of this folds. */
const foldEvery = 16;

/** Long enough to hold the id of the first line, which tells one state of a journal from any other. */
const headLength = 600;

/** Prepares an event for the store. */
export function writeEvent(context: GuardContext, located: Located, event: LoginEvent, options: WriteOptions = {}): Writing {
  const { ats, known } = options;
  const { plan } = context.compiled;
  const matched = matchPredicates(plan, event);
  const reserved = event.outcome === "pending" ? matched : (options.reserved ?? matchPredicates(plan, asPending(event)));
  const parts: StorePart[] = [];
  const asked: Asked[] = [];
  const ownTime = context.clock === undefined ? undefined : event.at;
  const idJson = asciiJson(event.id);
  const recorded = { event, kept: located.kept, matched, reserved };
  for (let group = 0; group < located.storeKeys.length; group++) {
    const storeKey = located.storeKeys[group];
    if (storeKey === undefined) continue;
    const text = writeEntry(context.forms[group]!, recorded, idJson);
    if (text === "" && known !== undefined) continue;
    const at = ats?.[group] ?? ownTime;
    const record = known?.[group];
    const keep = context.binding.keeps[context.binding.maps[group]!]!;
    parts.push({
      key: storeKey.key,
      owner: storeKey.owner,
      stamped: text !== "" && at === undefined ? [text] : nothingStamped,
      entries: text !== "" && at !== undefined ? writeStamp(at, text) : "",
      keepFor: keep.retention,
      protect: record === undefined ? undefined : keep.isProtected(record, event.at),
    });
    asked.push({ group, own: text === "" ? 0 : 1 });
  }
  return {
    parts,
    matched,
    reserved,
    read: (answers, store) => readAnswers(context, { answers, store, parts, asked, known, at: ownTime, id: event.id }),
  };
}

const nothingStamped: readonly string[] = [];

/** A group that a part is for, and how many entries are its own. */
interface Asked {
  readonly group: number;
  readonly own: number;
}

interface Answered {
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

function readAnswers(context: GuardContext, { answers, store, parts, asked, known, at, id }: Answered): Written {
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

/** The event as it stood while nothing was known of its outcome: no reason, no factors, and no facts about the account. */
function asPending(event: LoginEvent): LoginEvent {
  const { failure: _, factors: __, ...rest } = event;
  return { ...rest, account: { id: event.account.id }, outcome: "pending" };
}
