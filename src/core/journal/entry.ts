import type { Identity } from "../aggregates/identity.js";
import type { LoginEvent } from "../model/login-event.js";
import { asciiJson } from "./ascii-json.js";
import type { JournalForm } from "./journal-form.js";

/**
 * What an entry does to its slots: reserve a match, settle one, or note that a pattern held. An entry is one line of a group's journal, as JSON reads it:
 * `[at, id, deed, slot, capacity, value, slot, capacity, value, ...]`. `value` is a text, 0 where the aggregate has no field, or -1 where a reservation is
 * taken back instead. Journals are ASCII, so that every store counts their length alike.
 */
export type Deed = 0 | 1 | 2;

/** A match that is not settled yet. */
export const reserves: Deed = 0;
/** A match. */
export const settles: Deed = 1;
/** A detector's condition held at this time. */
export const latches: Deed = 2;
/** Stands for the value where a reservation is taken back. */
export const takenBack = -1;

/** An event on its way into the journals: which predicates hold of it, and which would hold were it pending still, one bit each. */
export interface Recorded {
  readonly event: LoginEvent;
  /** The identity under which it is remembered. */
  readonly kept: Identity;
  readonly matched: number;
  readonly reserved: number;
}

const longestValue = 512;

/**
 * What one event writes into one group's journal: the text of its entry from behind its time on, `""` where it has nothing to write. `writeStamp` puts the
 * time before it; a store that stamps times itself does the same. `idJson` is the event's id as `asciiJson` has it.
 */
export function writeEntry(form: JournalForm, { event, kept, matched, reserved }: Recorded, idJson: string): string {
  const pending = event.outcome === "pending";
  let settled = "";
  let withdrawn = "";
  for (let i = 0; i < form.slots.length; i++) {
    const { id, aggregate } = form.slots[i]!;
    if (aggregate === undefined) continue;
    const { where, field, frequency, capacity } = aggregate;
    const bit = 1 << where;
    if (((matched | reserved) & bit) === 0) continue;
    if ((matched & bit) === 0) {
      if (!pending && !frequency) withdrawn += `,"${id}",${capacity},${takenBack}`;
      continue;
    }
    if (frequency && pending) continue;
    const value = field?.of(kept, event);
    // a field may be anybody's: what is no text would spoil the journal for everyone who reads it
    if (field !== undefined && (typeof value !== "string" || value.length > longestValue)) continue;
    settled += `,"${id}",${capacity},${value === undefined ? 0 : asciiJson(value)}`;
  }
  if (settled === "" && withdrawn === "") return "";
  return `,${idJson},${pending ? reserves : settles}${settled}${withdrawn}],`;
}

/** The text by which a detector's condition is known to have held. */
export function writeLatch(form: JournalForm, position: number, event: LoginEvent): string {
  return `,${asciiJson(event.id)},${latches},"${form.slots[position]!.id}",0,0],`;
}

/** An entry with its time. */
export function writeStamp(at: number, text: string): string {
  return `[${at}${text}`;
}
