import type { Entries } from "../aggregates/entries.js";
import { readEntries } from "../aggregates/read-entries.js";
import type { FrequencyReading, Reading } from "../aggregates/reading.js";
import type { ReadingsOf, Reads } from "../aggregates/reads.js";
import { readTally, type Tally } from "../aggregates/tally.js";
import type { LoginEvent } from "../model/login-event.js";
import type { PlanGate, PlanRead, PlanReads } from "./plan.js";
import { cellAt, type Touch } from "./touch.js";

/** Whose past is read: for a rule the event itself is left out, for a detector it belongs to the pattern. */
export type Perspective = "without-event" | "with-event";

/**
 * Whether any of the limits may be reached. Never says no where a reading would reach one: floors and the event itself are left
 * aside, and reservations count whatever their age.
 */
export function passesGate(gates: readonly PlanGate[], touch: Touch, event: LoginEvent): boolean {
  for (let i = 0; i < gates.length; i++) {
    const { group, slot, within, at: limit } = gates[i]!;
    const entries = cellAt(touch, group, slot) as Entries | undefined;
    if (entries === undefined) continue;
    const { at, pendingAt } = entries;
    if (pendingAt.length > 0 ? at.length + pendingAt.length >= limit : at.length >= limit && at[at.length - limit]! > event.at - within)
      return true;
  }
  return false;
}

/** What the aggregates of a rule or detector say at the time of the event. */
export function takeReadings(from: PlanReads, touch: Touch, event: LoginEvent, perspective: Perspective): ReadingsOf<Reads> {
  const { names, reads } = from;
  let readings: Record<string, Reading | FrequencyReading> | undefined;
  for (let i = 0; i < reads.length; i++) {
    const plan = reads[i]!;
    const reading = takeReading(plan, touch, event, perspective);
    if (readings === undefined) {
      if (reading === plan.empty) continue;
      readings = { ...(from.empty as Record<string, Reading | FrequencyReading>) };
    }
    readings[names[i]!] = reading;
  }
  return (readings ?? from.empty) as ReadingsOf<Reads>;
}

function takeReading(plan: PlanRead, touch: Touch, event: LoginEvent, perspective: Perspective): Reading | FrequencyReading {
  const cell = cellAt(touch, plan.group, plan.slot);
  if (cell === undefined) return plan.empty;
  let after = event.at - plan.within;
  for (const floor of plan.floors) after = Math.max(after, newestOther(floor, touch, event));
  // the plan says which kind of cell stands at this slot
  const { within, limit, distinct, field } = plan;
  const except = perspective === "without-event" ? event : undefined;
  if (plan.frequency) {
    return readTally(cell as Tally, after, except && { id: event.id, at: event.at, value: field?.of(touch.kept, event) });
  }
  return readEntries(cell as Entries, { after, within, limit, distinct, except }) ?? plan.empty;
}

/** When a floor was last raised by another event: a success does not hide the failures before it from its own detectors. */
function newestOther(floor: PlanRead, touch: Touch, event: LoginEvent): number {
  const entries = cellAt(touch, floor.group, floor.slot) as Entries | undefined;
  if (entries === undefined) return Number.NEGATIVE_INFINITY;
  for (let i = entries.at.length - 1; i >= 0; i--) if (entries.ids[i] !== event.id) return entries.at[i]!;
  return Number.NEGATIVE_INFINITY;
}
