import { matchPredicates } from "../core/engine/fold.js";
import { asciiJson } from "../core/journal/ascii-json.js";
import { writeEntry, writeStamp } from "../core/journal/entry.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { GroupRecord } from "../core/state/group-record.js";
import type { StorePart } from "../stores/store.js";
import type { GuardContext } from "./context.js";
import type { Located } from "./locate.js";
import { type Asked, readAnswers, type Written } from "./read-answers.js";
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

/** How an event is written. */
export interface WriteOptions {
  /** When each group saw the attempt begin; absent for the store to stamp. */
  readonly ats?: readonly (number | undefined)[] | undefined;
  /** What is known of the groups; given, only those are asked for that the event writes to. */
  readonly known?: readonly (GroupRecord | undefined)[] | undefined;
  /** Which predicates held of the attempt while it was pending, one bit each; absent where nobody noted it. */
  readonly reserved?: number | undefined;
}

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

/** The event as it stood while nothing was known of its outcome: no reason, no factors, and no facts about the account. */
function asPending(event: LoginEvent): LoginEvent {
  const { failure: _, factors: __, ...rest } = event;
  return { ...rest, account: { id: event.account.id }, outcome: "pending" };
}
