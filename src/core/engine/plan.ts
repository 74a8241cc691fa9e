import type { Field } from "../aggregates/field.js";
import type { Grouping } from "../aggregates/grouping.js";
import type { Predicate } from "../aggregates/predicate.js";
import type { FrequencyReading, Reading } from "../aggregates/reading.js";
import type { ReadingsOf, Reads } from "../aggregates/reads.js";
import type { Detector } from "../detectors/detector.js";
import type { EventKind } from "../model/login-event.js";
import type { Rule } from "../rules/rule.js";
import type { Layout } from "../state/layout.js";

/** What a policy remembers and reads, resolved once to positions so that an event costs no look-up by name. */
export interface Plan {
  readonly groups: readonly PlanGroup[];
  /** Each predicate once; slots name it by position. */
  readonly predicates: readonly Predicate[];
  /** All rules; the policy's choices stand beside them by position. */
  readonly rules: readonly PlanRule[];
  readonly judges: { readonly [Kind in EventKind]: Judges };
  readonly detectors: readonly PlanDetector[];
  /** The predicates on which any detector is asked, one bit each. */
  readonly watched: number;
  readonly layout: Layout;
}

/** The rules that judge one kind of event. */
export interface Judges {
  /** Before the credential check. */
  readonly before: readonly PlanRule[];
  /** Those of them that read nothing remembered. */
  readonly stateless: readonly PlanRule[];
  /** At any time. */
  readonly always: readonly PlanRule[];
}

/** One grouping and what is kept for each of its groups. */
export interface PlanGroup {
  readonly by: Grouping;
  readonly slots: readonly PlanSlot[];
  /** The longest window that is read of it, milliseconds. */
  readonly longestWindow: number;
  /** Counts towards a BLOCK: half-way there, a group is protected from eviction. */
  readonly protections: readonly { readonly slot: number; readonly within: number; readonly atLeast: number }[];
}

/** One aggregate's place in its group. */
export interface PlanSlot {
  readonly name: string;
  readonly where: number;
  readonly field: Field | undefined;
  readonly frequency: boolean;
  readonly distinct: boolean;
  readonly capacity: number;
}

/** Where a reading is taken. */
export interface PlanRead {
  readonly group: number;
  readonly slot: number;
  readonly within: number;
  readonly limit: number;
  readonly field: Field | undefined;
  readonly frequency: boolean;
  readonly distinct: boolean;
  readonly floors: readonly PlanRead[];
  readonly empty: Reading | FrequencyReading;
}

/** The readings of one rule or detector. */
export interface PlanReads {
  readonly names: readonly string[];
  readonly reads: readonly PlanRead[];
  /** What they are while nothing is remembered: one object, never made again. */
  readonly empty: ReadingsOf<Reads>;
  /** Its limits: where it is gated, there is nothing to say below all of them. */
  readonly gates: readonly PlanGate[];
}

/** A limit as a cheap question: can this reading reach it at all? */
export interface PlanGate {
  readonly group: number;
  readonly slot: number;
  readonly within: number;
  readonly at: number;
}

/** A rule and its readings. */
export interface PlanRule extends PlanReads {
  readonly position: number;
  readonly rule: Rule;
  readonly shadow: boolean;
}

/** A detector, its readings, and where its latch stands in its subject's records. */
export interface PlanDetector extends PlanReads {
  readonly detector: Detector;
  readonly on: number;
  readonly group: number;
  readonly latch: number;
}
