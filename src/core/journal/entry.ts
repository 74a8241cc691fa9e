import type { Identity } from "../aggregates/identity.js";
import type { LoginEvent } from "../model/login-event.js";
import { asciiJson } from "./ascii-json.js";
import type { JournalForm } from "./journal-form.js";

/**
 * One line of a group's journal, as JSON reads it: `[at, id, deed, slot, capacity, value, slot, capacity, value, ...]`. `value` is a text, or 0 where
 * the aggregate has no field. Journals are ASCII, so that every store counts their length alike.
 */
export type JournalEntry = readonly [at: number, id: string, deed: Deed, ...rest: readonly (string | number)[]];

/** What an entry does to each of its slots: reserve a match, settle one, withdraw a reservation, or note that a pattern held. */
export type Deed = 0 | 1 | 2 | 3;

/** A match that is not settled yet. */
export const reserves: Deed = 0;
/** A match. */
export const settles: Deed = 1;
/** A reservation taken back. */
export const withdraws: Deed = 2;
/** A detector's condition held at this time. */
export const latches: Deed = 3;

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
 * What one event writes into one group's journal: the texts of its entries from behind their time on, `""` for none. `writeStamp` puts the time
 * before them; a store that stamps times itself does the same.
 */
export function writeEntry(form: JournalForm, { event, kept, matched, reserved }: Recorded): readonly string[] {
  const pending = event.outcome === "pending";
  let settled = "";
  let withdrawn = "";
  for (const { id, aggregate } of form.slots) {
    if (aggregate === undefined) continue;
    const { where, field, frequency, capacity } = aggregate;
    const value = field?.of(kept, event);
    if (field !== undefined && (value === undefined || value.length > longestValue)) continue;
    const matches = (matched & (1 << where)) !== 0;
    if (matches && !(frequency && pending)) {
      settled += `,"${id}",${capacity},${value === undefined ? 0 : asciiJson(value)}`;
    } else if (!matches && !pending && !frequency && (reserved & (1 << where)) !== 0) {
      withdrawn += `,"${id}",${capacity},0`;
    }
  }
  const texts: string[] = [];
  if (settled !== "") texts.push(`,${asciiJson(event.id)},${pending ? reserves : settles}${settled}],`);
  if (withdrawn !== "") texts.push(`,${asciiJson(event.id)},${withdraws}${withdrawn}],`);
  return texts;
}

/** The text by which a detector's condition is known to have held. */
export function writeLatch(form: JournalForm, position: number, event: LoginEvent): string {
  return `,${asciiJson(event.id)},${latches},"${form.slots[position]!.id}",0,0],`;
}

/** An entry with its time. */
export function writeStamp(at: number, text: string): string {
  return `[${at}${text}`;
}
