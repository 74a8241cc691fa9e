import type { Detector, Finding } from "../core/detectors/detector.js";
import { definePolicy } from "../core/engine/policy.js";
import type { Detection, Subject } from "../core/model/detection.js";
import type { Facts } from "../core/model/facts.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { createState } from "../core/state/login-state.js";
import { advance } from "../core/verbs/advance.js";
import { askTwice, isSame } from "./ask-twice.js";
import { checkExplanation, checkFacts, checkWords, describeFacts } from "./check-words.js";
import { hostileEvents } from "./hostile-events.js";

/** A stream of events put to a detector. */
export interface StreamCase {
  /** The detector with options of this case; the described one by default. */
  readonly detector?: Detector;
  readonly events: Iterable<LoginEvent>;
}

/** A stream in which a detector finds its pattern. Events are numbered from 1. */
export interface SpeakingStream extends StreamCase {
  /** The event at which it is raised; a list where it is raised again. It must be raised nowhere else. */
  readonly atEvent: number | readonly number[];
  /** The first event that belongs to it. As all below, of the first that is raised. */
  readonly sinceEvent?: number;
  /** Some parts of its subject. */
  readonly subject?: Partial<Subject>;
  /** Some of the facts it must give. */
  readonly facts?: Facts;
  /** The words it must have for its facts. */
  readonly explains?: string;
}

/** @throws Error unless the detector finds nothing in the stream, soundly. */
export function checkSilent(detector: Detector, { events }: StreamCase): void {
  const [first] = run(detector, [...events]);
  if (first !== undefined)
    throw new Error(`expected silence, got a detection at event ${first.number} (${describeFacts(first.detection.facts)})`);
}

/** @throws Error unless the detector is raised where expected and nowhere else, once, and has words for it. */
export function checkRaises(detector: Detector, { events, atEvent, sinceEvent, subject, facts, explains }: SpeakingStream): void {
  const stream = [...events];
  const raised = run(detector, stream);
  const numbers = raised.map(({ number }) => number);
  const expected = typeof atEvent === "number" ? [atEvent] : atEvent;
  if (!isSame(numbers, expected))
    throw new Error(`expected a detection at event ${expected.join(", ")}, got ${numbers.join(", ") || "none"}`);
  const { detection } = raised[0]!;
  if (!stream.some(({ at }) => at === detection.since) || detection.since > detection.at)
    throw new Error(`since ${detection.since} is the time of no event up to the one that brought it to light`);
  if (sinceEvent !== undefined && stream[sinceEvent - 1]?.at !== detection.since)
    throw new Error(`expected it to hold since event ${sinceEvent}, got since ${detection.since}`);
  for (const [part, value] of Object.entries(subject ?? {})) {
    const got = detection.subject[part as keyof Subject];
    if (got !== value) throw new Error(`expected the subject's ${part} to be ${JSON.stringify(value)}, got ${JSON.stringify(got)}`);
  }
  checkFacts(detection.facts, facts ?? {});
  checkExplanation(checkWords(detection.facts, detector.explain), explains);
}

/** @throws Error when the detector throws, or is not pure, on the `hostileEvents`. */
export function checkHostileStream(detector: Detector): void {
  for (const { detection } of run(detector, hostileEvents())) checkWords(detection.facts, detector.explain);
}

interface Raised {
  readonly number: number;
  readonly detection: Detection;
}

function run(detector: Detector, events: readonly LoginEvent[]): Raised[] {
  // the engine does not ask a detector below its limits: asked all the same, it must find nothing there
  collect({ ...watch(detector), limits: [] }, events);
  return collect(watch(detector), events);
}

function collect(detector: Detector, events: readonly LoginEvent[]): Raised[] {
  const policy = definePolicy({ id: "testing", rules: [], detectors: [detector] });
  const raised: Raised[] = [];
  let state = createState();
  for (const [index, event] of events.entries()) {
    const next = advance(event, state, policy);
    for (const detection of next.detections) {
      if (typeof detection.facts.failed === "string")
        throw new Error(`the detector threw on event ${JSON.stringify(event.id)}: ${detection.facts.failed}`);
      raised.push({ number: index + 1, detection });
    }
    state = next.state;
  }
  return raised;
}

/** The same detector, asked twice each time, that finds nothing below its declared limits. */
function watch(detector: Detector): Detector {
  const { limits } = detector;
  return {
    ...detector,
    detect(readings, event): Finding {
      const finding = askTwice(detector.detect, readings, event);
      if (finding !== undefined && limits.length > 0 && !limits.some(({ reads, at }) => (readings[reads]?.value ?? 0) >= at)) {
        throw new Error("finds its pattern below every limit that it declares");
      }
      return finding;
    },
  };
}
