import type { Identity } from "../aggregates/identity.js";
import type { Finding } from "../detectors/detector.js";
import type { Detection, Subject } from "../model/detection.js";
import type { LoginEvent } from "../model/login-event.js";
import type { Latch } from "../state/group-record.js";
import { oneLine } from "./one-line.js";
import type { Plan, PlanDetector } from "./plan.js";
import { passesGate, takeReadings } from "./take-readings.js";
import { cellAt, type Touch } from "./touch.js";

/** A pattern that holds after an event, and whether it only now came to hold. */
export interface Recognised {
  readonly planned: PlanDetector;
  readonly detection: Detection;
  /** False while an attack that was raised before goes on. */
  readonly rising: boolean;
}

/** What an event is and does, as bits: the predicates that hold of it, and the groups that it changed. */
export interface Bearing {
  readonly matched: number;
  readonly changed: number;
}

/**
 * Which patterns hold once an event is settled. `after` reads the records with the event folded in; `before` holds the latches. An
 * event that changed nothing in its subject, because it was delivered again, brings nothing to light. Detectors are silent on
 * reservations, and on a group that found no room.
 */
export function recognise(
  plan: Plan,
  event: LoginEvent,
  { matched, changed }: Bearing,
  before: Touch,
  after: Touch,
): readonly Recognised[] {
  if (event.outcome === "pending") return none;
  let recognised: Recognised[] | undefined;
  for (const planned of plan.detectors) {
    if ((matched & (1 << planned.on)) === 0 || (changed & (1 << planned.group)) === 0) continue;
    if (after.records[planned.group] === undefined) continue;
    if (planned.gates.length > 0 && !passesGate(planned.gates, after, event)) continue;
    const finding = detectSafely(planned, after, event);
    if (finding === undefined) continue;
    const { id, technique, severity, subject, quiet } = planned.detector;
    const latch = cellAt(before, planned.group, planned.latch) as Latch | undefined;
    const { facts, since } = finding;
    recognised ??= [];
    recognised.push({
      planned,
      rising: latch === undefined || latch.heldAt <= event.at - quiet,
      detection: {
        detector: id,
        technique,
        severity,
        subject: subjectOf(subject, before.identity, event),
        eventId: event.id,
        at: event.at,
        since,
        facts,
      },
    });
  }
  return recognised ?? none;
}

const none: readonly Recognised[] = [];

/** A detector that throws is raised as a detection of its own failure: once a window, and never silent. */
function detectSafely(planned: PlanDetector, after: Touch, event: LoginEvent): Finding {
  try {
    return planned.detector.detect(takeReadings(planned, after, event, "with-event"), event);
  } catch (error) {
    return { facts: { failed: oneLine(error) }, since: event.at, until: undefined };
  }
}

function subjectOf(by: PlanDetector["detector"]["subject"], identity: Identity, event: LoginEvent): Subject {
  return {
    by: by.name,
    ...(event.tenant === undefined ? {} : { tenant: event.tenant }),
    ...Object.fromEntries(by.parts.map((part) => [part, identity[part] ?? "none"])),
  };
}
