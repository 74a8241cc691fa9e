import { matchPredicates } from "../core/engine/fold.js";
import { writeEntry, writeStamp } from "../core/journal/entry.js";
import { writeJournal } from "../core/journal/journal-snapshot.js";
import { type JournalReading, readJournal } from "../core/journal/read-journal.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { GroupRecord } from "../core/state/group-record.js";
import type { LoginStore, StoreAnswer, StorePart } from "../stores/store.js";
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

/** How an event is written. */
export interface WriteOptions {
  /** When each group saw the attempt begin; absent for the store to stamp. */
  readonly ats?: readonly (number | undefined)[] | undefined;
  /** What is known of the groups; given, only those are asked for that the event writes to. */
  readonly known?: readonly (GroupRecord | undefined)[] | undefined;
}

/** Behind how many entries a journal is folded into one line. */
const mostEntries = 32;

/** Long enough to hold the id of the first line, which tells one state of a journal from any other. */
const headLength = 600;

/** Prepares an event for the store. */
export function writeEvent(context: GuardContext, located: Located, event: LoginEvent, { ats, known }: WriteOptions = {}): Writing {
  const { plan } = context.compiled;
  const matched = matchPredicates(plan, event);
  const reserved = event.outcome === "pending" ? matched : matchPredicates(plan, asPending(event));
  const parts: StorePart[] = [];
  const asked: { readonly group: number; readonly own: number }[] = [];
  const ownTime = context.clock === undefined ? undefined : event.at;
  for (const [group, storeKey] of located.storeKeys.entries()) {
    if (storeKey === undefined) continue;
    const texts = writeEntry(context.forms[group]!, { event, kept: located.kept, matched, reserved });
    if (texts.length === 0 && known !== undefined) continue;
    const at = ats?.[group] ?? ownTime;
    const record = known?.[group];
    parts.push({
      ...storeKey,
      stamped: at === undefined ? texts : [],
      entries: at === undefined ? "" : texts.map((text) => writeStamp(at, text)).join(""),
      keepFor: context.binding.keeps[context.binding.maps[group]!]!.retention,
      ...(record === undefined ? {} : { protect: isProtected(context, group, record, event.at) }),
    });
    asked.push({ group, own: texts.length });
  }
  return { parts, matched, read: (answers, store) => readAnswers(context, { answers, store, parts, asked, known, at: ownTime }) };
}

interface Asked {
  readonly answers: readonly StoreAnswer[];
  readonly store: LoginStore;
  readonly parts: readonly StorePart[];
  readonly asked: readonly { readonly group: number; readonly own: number }[];
  readonly known: readonly (GroupRecord | undefined)[] | undefined;
  readonly at: number | undefined;
}

function readAnswers(context: GuardContext, { answers, store, parts, asked, known, at }: Asked): Written {
  const { length } = context.forms;
  const ats = new Array<number | undefined>(length).fill(undefined);
  const before = known?.slice() ?? new Array<GroupRecord | undefined>(length).fill(undefined);
  const after = before.slice();
  let changed = 0;
  let full = false;
  for (const [i, { group, own }] of asked.entries()) {
    const { at: stamped, journal } = answers[i]!;
    if (!Number.isFinite(stamped)) throw new TypeError("the store gave no time");
    ats[group] = at ?? stamped;
    if (journal === undefined) {
      full = true;
      continue;
    }
    const reading = readJournal(journal, context.forms[group]!, own);
    before[group] = reading.before;
    after[group] = reading.after.record;
    if (reading.changed) changed |= 1 << group;
    if (isDueForFolding(reading)) {
      const text = writeJournal(reading.after, context.forms[group]!);
      const fold = { key: parts[i]!.key, head: journal.slice(0, headLength), length: journal.length, text };
      store.compact(fold).catch((error) => report(context.hooks, { where: "store", error }));
    }
  }
  return { ats, before, after, changed, full };
}

/** Each append gives another number, so of all who write at once only one in sixteen folds. */
function isDueForFolding({ after: { entries } }: JournalReading): boolean {
  return entries > mostEntries && (entries - mostEntries) % 16 === 1;
}

function isProtected({ binding }: GuardContext, group: number, record: GroupRecord, now: number): boolean {
  return binding.keeps[binding.maps[group]!]!.isProtected(record, now);
}

/** The event as it stood while nothing was known of its outcome. */
function asPending(event: LoginEvent): LoginEvent {
  const { failure: _, ...rest } = event;
  return { ...rest, outcome: "pending" };
}
