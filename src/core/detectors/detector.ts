import type { Grouping } from "../aggregates/grouping.js";
import type { Predicate } from "../aggregates/predicate.js";
import { assertLimits, type ReadingsOf, type Reads } from "../aggregates/reads.js";
import type { Severity } from "../model/detection.js";
import type { Facts } from "../model/facts.js";
import { assertId } from "../model/identifier.js";
import type { LoginEvent } from "../model/login-event.js";

/** A pattern that holds. Made by `found`. */
export interface Found<F extends Facts = Facts> {
  readonly facts: F;
  /** Time of the first event that belongs to it, epoch milliseconds. */
  readonly since: number;
  /** When it stops holding if nothing more comes. */
  readonly until: number | undefined;
}

/** Nothing to see. */
export const nothing = undefined;

/** Anything a detector can answer. */
export type Finding = Found | typeof nothing;

/** When a pattern began, and when it stops holding by itself. */
export interface Span {
  readonly since: number;
  readonly until?: number | undefined;
}

/** The pattern holds. */
export function found<const F extends Facts>(facts: F, { since, until }: Span): Found<F> {
  return { facts, since, until };
}

/** The facts of everything a detector can find. */
export type FactsFound<S> = S extends Found<infer F> ? F : never;

/** At this many, the pattern can hold. A detector that states limits is not even asked below all of them. */
export interface DetectorLimit<Name extends string = string> {
  readonly reads: Name;
  readonly at: number;
}

/** A sealed detector: recognises a pattern in one group and names it. Made by `defineDetector`. */
export interface Detector {
  readonly id: string;
  readonly technique: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly subject: Grouping;
  readonly on: Predicate;
  /** Milliseconds for which the pattern must not have held before it is raised again. */
  readonly quiet: number;
  readonly momentary: boolean;
  readonly reads: Reads;
  readonly limits: readonly DetectorLimit[];
  readonly detect: (readings: ReadingsOf<Reads>, event: LoginEvent) => Finding;
  readonly explain: (facts: Facts) => string;
}

/** What a detector is made of. */
export interface DetectorDefinition<R extends Reads, S extends Finding> {
  /** kebab-case; unique in a policy. */
  readonly id: string;
  /** MITRE ATT&CK technique id. */
  readonly technique: string;
  readonly severity: Severity;
  /** One sentence: what the pattern is. */
  readonly summary: string;
  /** The one group it is about. Readings of other groups may only add facts. */
  readonly subject: Grouping;
  /** The settled events that can complete the pattern. */
  readonly on: Predicate;
  /** Whether the pattern is the event itself rather than a state of affairs, so that no rule can speak while it lasts. False by default. */
  readonly momentary?: boolean;
  readonly reads: R;
  readonly limits?: readonly DetectorLimit<keyof R & string>[];
  /** Whether the pattern holds, by readings that include the event. Pure. */
  readonly detect: (readings: ReadingsOf<R>, event: LoginEvent) => S;
  /** Words the facts for an operator: lower case, no full stop. */
  readonly explain: (facts: NoInfer<FactsFound<S>>) => string;
}

/**
 * Seals a detector. It is raised when its pattern begins to hold, and again only after a whole window without it; the window is the
 * longest finite one that it reads of its subject.
 *
 * @throws RangeError for a bad id, technique or limit; TypeError when it reads nothing of its subject.
 */
export function defineDetector<const R extends Reads, S extends Finding>(definition: DetectorDefinition<R, S>): Detector {
  const { id, technique, severity, summary, subject, on, reads, detect, explain } = definition;
  const limits = definition.limits ?? [];
  assertId("detector", id);
  assertLimits(
    id,
    reads,
    limits.map((limit) => ({ ...limit, action: "FLAG" })),
  );
  if (!/^T\d{4}(\.\d{3})?$/.test(technique)) throw new RangeError(`detector \`${id}\`: expected an ATT&CK technique such as \`T1110.003\``);
  const windows = Object.values(reads)
    .filter(({ by, within }) => by.name === subject.name && Number.isFinite(within))
    .map(({ within }) => within);
  if (windows.length === 0) throw new TypeError(`detector \`${id}\` reads nothing within a window of its subject \`${subject.name}\``);
  return {
    id,
    technique,
    severity,
    summary,
    subject,
    on,
    quiet: Math.max(...windows),
    momentary: definition.momentary ?? false,
    reads,
    limits,
    // sealing forgets R and S: the engine hands `detect` the readings of these very `reads`, and `explain` facts that it returned
    detect: detect as Detector["detect"],
    explain: explain as Detector["explain"],
  };
}
