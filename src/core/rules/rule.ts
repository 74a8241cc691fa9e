import { assertLimits, type ReadingsOf, type Reads } from "../aggregates/reads.js";
import type { SpokenAction } from "../model/action.js";
import type { Facts } from "../model/facts.js";
import { assertId } from "../model/identifier.js";
import type { EventKind, LoginEvent } from "../model/login-event.js";
import type { Requirement } from "../model/requirement.js";

/** When a rule can judge: before the credential check, or only once its result is known. */
export type Phase = "before" | "after";

/** A limit as data, for eviction, lint and cost: at this value of that reading, this is said. */
export interface Limit<Name extends string = string> {
  readonly reads: Name;
  readonly at: number;
  readonly action: SpokenAction;
}

/** What a rule says when it speaks. Made by `flag`, `challenge` and `block`. */
export interface Spoken<F extends Facts = Facts> {
  readonly says: SpokenAction;
  readonly facts: F;
  readonly until: number | undefined;
  readonly require: Requirement | undefined;
}

/** What a rule says when it cannot judge for want of a field. Made by `missing`. */
export interface Missing {
  readonly says: "MISSING";
  readonly field: string;
}

/** Silence. */
export const abstain = undefined;

/** Anything a rule can answer; several things at once where one lifts before another. */
export type Ruling = Spoken | readonly Spoken[] | Missing | typeof abstain;

/** Lets in and tells someone. `until`: epoch milliseconds at which this lifts by itself. */
export function flag<const F extends Facts>(facts: F, until?: number): Spoken<F> {
  return { says: "FLAG", facts, until, require: undefined };
}

/** Lets in only after a further proof: a captcha before the credential check, a further factor after it, unless `require` says otherwise. */
export function challenge<const F extends Facts>(facts: F, until?: number, require?: Requirement): Spoken<F> {
  return { says: "CHALLENGE", facts, until, require };
}

/** Does not let in. `until`: epoch milliseconds at which this lifts by itself; it becomes the decision's `retryAt`. */
export function block<const F extends Facts>(facts: F, until?: number): Spoken<F> {
  return { says: "BLOCK", facts, until, require: undefined };
}

/** Speaks with an action chosen by an option. */
export function speak<const F extends Facts>(action: SpokenAction, facts: F, until?: number): Spoken<F> {
  return { says: action, facts, until, require: undefined };
}

/** Cannot judge: the event lacks `field` (a path such as `source.country`). Missing is not false. */
export function missing(field: string): Missing {
  return { says: "MISSING", field };
}

/** The facts of everything a rule can say. */
export type FactsOf<S> = S extends Spoken<infer F> | readonly Spoken<infer F>[] ? F : never;

/** A sealed rule: judges one event against what is remembered. Made by `defineRule`. */
export interface Rule {
  readonly id: string;
  readonly summary: string;
  readonly phase: Phase;
  readonly kinds: readonly EventKind[];
  readonly overrulable: boolean;
  readonly onMissing: SpokenAction | "ABSTAIN";
  readonly configured: boolean;
  readonly reads: Reads;
  readonly limits: readonly Limit[];
  readonly gated: (event: LoginEvent) => boolean;
  readonly evaluate: (readings: ReadingsOf<Reads>, event: LoginEvent) => Ruling;
  readonly explain: (facts: Facts) => string;
}

/** What a rule is made of. */
export interface RuleDefinition<R extends Reads, S extends Ruling> {
  /** kebab-case; unique in a policy. */
  readonly id: string;
  /** One sentence: what the rule sees. */
  readonly summary: string;
  readonly phase: Phase;
  /** Which kinds of event it judges; logins by default. */
  readonly kinds?: readonly EventKind[];
  /** Whether an allow-list entry that names no rules overrules it: true for address lists, country and throttles. False by default. */
  readonly overrulable?: boolean;
  /** What speaks when the rule answers `missing`; nothing by default. A policy may choose otherwise. */
  readonly onMissing?: SpokenAction | "ABSTAIN";
  /** False when its options leave nothing to judge: the rule is then not in the plan and lists nothing as missing. */
  readonly configured?: boolean;
  /** What it remembers. */
  readonly reads: R;
  readonly limits?: readonly Limit<keyof R & string>[];
  /** Events on which it is silent unless one of its limits is reached: below them it is not even asked. None by default. */
  readonly gated?: (event: LoginEvent) => boolean;
  /** Judges. Pure: no clock, no randomness, no memory of its own. Readings are never of the event itself. */
  readonly evaluate: (readings: ReadingsOf<R>, event: LoginEvent) => S;
  /** Words the facts for an operator: lower case, no full stop. */
  readonly explain: (facts: NoInfer<FactsOf<S>>) => string;
}

/**
 * Seals a rule.
 *
 * @throws RangeError for an id that is not kebab-case or a limit below 1; TypeError for a limit on something it does not read.
 * @example
 * const noTor = defineRule({
 *   id: "no-tor",
 *   summary: "A login comes from the Tor network.",
 *   phase: "before",
 *   reads: {},
 *   evaluate: (_, event) => (event.source.network === "tor" ? block({ network: "tor" }) : abstain),
 *   explain: ({ network }) => `the address belongs to ${network}`,
 * });
 * noTor.id; //=> "no-tor"
 */
export function defineRule<const R extends Reads, S extends Ruling>(definition: RuleDefinition<R, S>): Rule {
  const { id, summary, phase, reads, evaluate, explain } = definition;
  assertId("rule", id);
  assertLimits(id, reads, definition.limits ?? []);
  return {
    id,
    summary,
    phase,
    kinds: definition.kinds ?? ["login"],
    overrulable: definition.overrulable ?? false,
    onMissing: definition.onMissing ?? "ABSTAIN",
    configured: definition.configured ?? true,
    reads,
    limits: definition.limits ?? [],
    gated: definition.gated ?? never,
    // sealing forgets R and S: the engine hands `evaluate` the readings of these very `reads`, and `explain` facts that it returned
    evaluate: evaluate as Rule["evaluate"],
    explain: explain as Rule["explain"],
  };
}

const never = (): boolean => false;

/** The same rule under another id, so that one policy can hold it twice. */
export function renamed(rule: Rule, id: string): Rule {
  assertId("rule", id);
  return { ...rule, id };
}
