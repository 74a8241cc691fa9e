import type { Identity } from "../aggregates/identity.js";
import type { Finding } from "../detectors/detector.js";
import type { Detection, Subject } from "../model/detection.js";
import type { LoginEvent } from "../model/login-event.js";
import type { GroupRecord, Latch } from "../state/group-record.js";
import type { Binding } from "./binding.js";
import { matchPredicates } from "./fold.js";
import { oneLine } from "./one-line.js";
import type { Plan, PlanDetector } from "./plan.js";
import { takeReadings } from "./take-readings.js";
import type { Touch } from "./touch.js";

/** A pattern that holds after an event, and whether it only now came to hold. */
export interface Recognised {
  readonly planned: PlanDetector;
  readonly detection: Detection;
  /** False while an attack that was raised before goes on. */
  readonly rising: boolean;
}

/**
 * Which patterns hold once an event is settled. `after` reads the records with the event folded in; `before` holds the latches.
 * Detectors are silent on reservations, and on a group that found no room.
 */
export function recognise(plan: Plan, binding: Binding, event: LoginEvent, before: Touch, after: Touch): readonly Recognised[] {
  if (plan.detectors.length === 0 || event.outcome === "pending") return none;
  const matched = matchPredicates(plan, event);
  let recognised: Recognised[] | undefined;
  for (const planned of plan.detectors) {
    if ((matched & (1 << planned.on)) === 0 || after.records[planned.group] === undefined) continue;
    const finding = detectSafely(planned, after, binding, event);
    if (finding === undefined) continue;
    const { id, technique, severity, subject, quiet } = planned.detector;
    const latch = latchOf(before.records[planned.group], binding.cells[planned.group]![planned.latch]!);
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
function detectSafely(planned: PlanDetector, after: Touch, binding: Binding, event: LoginEvent): Finding {
  try {
    return planned.detector.detect(takeReadings(planned, after, binding, event, "with-event"), event);
  } catch (error) {
    return { facts: { failed: oneLine(error) }, since: event.at, until: undefined };
  }
}

function latchOf(record: GroupRecord | undefined, cell: number): Latch | undefined {
  return record?.cells[cell] as Latch | undefined;
}

function subjectOf(by: PlanDetector["detector"]["subject"], identity: Identity, event: LoginEvent): Subject {
  return {
    by: by.name,
    ...(event.tenant === undefined ? {} : { tenant: event.tenant }),
    ...Object.fromEntries(by.parts.map((part) => [part, identity[part] ?? "none"])),
  };
}
