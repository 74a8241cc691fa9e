import { type Duration, toMilliseconds } from "../core/model/duration.js";
import type { EventKind, LoginEvent, Outcome } from "../core/model/login-event.js";
import { buildEvent, type EventTraits } from "./build-event.js";

/** How a timeline begins and goes on. */
export interface TimelineOptions {
  /** Epoch milliseconds or ISO 8601 text; 0 by default. */
  readonly start?: number | string;
  /** From each event to the next; a second by default. */
  readonly every?: Duration;
}

/** What is told of the events of one step: the same of each, or a function of its number, counted from 1. */
export type StepTraits = EventTraits | ((number: number) => EventTraits);

/** Adds events of one kind: one, or as many as `times` says. */
export interface Step {
  (outcome: Outcome, traits?: StepTraits): Timeline;
  (outcome: Outcome, times: number, traits?: StepTraits): Timeline;
}

/**
 * Events one after the other. Every step gives a new timeline and leaves the old one as it was, so that one beginning can be
 * continued in several ways. Anything that takes events takes a timeline.
 */
export interface Timeline extends Iterable<LoginEvent> {
  readonly events: readonly LoginEvent[];
  readonly login: Step;
  readonly registration: Step;
  readonly passwordReset: Step;
  readonly mfa: Step;
  readonly unlock: (traits?: EventTraits) => Timeline;
  /** Lets time pass before the next event. */
  readonly wait: (duration: Duration) => Timeline;
}

/**
 * Begins a timeline, on which events get their times by themselves.
 *
 * The first event happens at `start`, each further one `every` later; `at`, in milliseconds after the start, puts an event elsewhere
 * and the timeline goes on from there.
 *
 * @throws TypeError for a start that is no time; RangeError for a number of events that is no integer from 1.
 * @example
 * const guessed = timeline({ every: { seconds: 30 } })
 *   .login("failure", 4, { account: "ann" })
 *   .wait({ minutes: 10 })
 *   .login("success", { account: "ann" });
 * guessed.events.map((event) => event.at); //=> [0, 30000, 60000, 90000, 720000]
 */
export function timeline({ start = 0, every = { seconds: 1 } }: TimelineOptions = {}): Timeline {
  const from = typeof start === "number" ? start : Date.parse(start);
  if (!Number.isFinite(from)) throw new TypeError(`expected \`start\` to be epoch milliseconds or an ISO 8601 time, got \`${start}\``);
  return continued([], { from, step: toMilliseconds(every), next: 0 });
}

interface Pace {
  readonly from: number;
  readonly step: number;
  /** Milliseconds after the start at which the next event happens. */
  readonly next: number;
}

function continued(events: readonly LoginEvent[], pace: Pace): Timeline {
  const step =
    (kind: EventKind): Step =>
    (outcome: Outcome, ...rest: readonly unknown[]) => {
      // the overloads of `Step` say what stands where
      const [times, traits] = (typeof rest[0] === "number" ? rest : [1, rest[0]]) as [number, StepTraits | undefined];
      return append(events, pace, kind, outcome, times, traits ?? {});
    };
  return {
    events,
    login: step("login"),
    registration: step("registration"),
    passwordReset: step("password-reset"),
    mfa: step("mfa"),
    unlock: (traits = {}) => append(events, pace, "unlock", "success", 1, traits),
    wait: (duration) => continued(events, { ...pace, next: pace.next + toMilliseconds(duration) }),
    [Symbol.iterator]: () => events[Symbol.iterator](),
  };
}

function append(events: readonly LoginEvent[], pace: Pace, kind: EventKind, outcome: Outcome, times: number, traits: StepTraits): Timeline {
  if (!Number.isInteger(times) || times < 1) throw new RangeError(`expected the number of events to be an integer >= 1, got \`${times}\``);
  const { from, step } = pace;
  let { next } = pace;
  const added: LoginEvent[] = [];
  for (let number = 1; number <= times; number++) {
    const told = typeof traits === "function" ? traits(number) : traits;
    const at = told.at ?? next;
    added.push(buildEvent(kind, outcome, { ...told, at: from + at }));
    next = at + step;
  }
  return continued([...events, ...added], { from, step, next });
}
