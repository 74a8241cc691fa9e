import type { Aggregate } from "../aggregates/aggregate.js";
import type { Field } from "../aggregates/field.js";
import type { Grouping } from "../aggregates/grouping.js";
import type { Predicate } from "../aggregates/predicate.js";
import { emptyReading, type FrequencyReading, type Reading } from "../aggregates/reading.js";
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
  /** Kind of event -> positions of the rules that judge it, before the credential check and at any time. */
  readonly judges: { readonly [Kind in EventKind]: { readonly before: readonly PlanRule[]; readonly always: readonly PlanRule[] } };
  readonly detectors: readonly PlanDetector[];
  /** The predicates on which any detector is asked, one bit each. */
  readonly watched: number;
  readonly layout: Layout;
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

/** A rule with the mode it runs in; rules that are off do not come here. */
export interface PlannedRule {
  readonly rule: Rule;
  readonly shadow: boolean;
}

/** Compiles rules and detectors. Both come in the order of their ids, so that a decision never depends on the order of a policy. */
export function compilePlan(rules: readonly PlannedRule[], detectors: readonly Detector[]): Plan {
  const draft: Draft = { groups: [], predicates: [] };
  for (const { rule } of rules) for (const aggregate of Object.values(rule.reads)) declare(draft, aggregate);
  for (const { reads, subject, on } of detectors) {
    for (const aggregate of Object.values(reads)) declare(draft, aggregate);
    groupOf(draft, subject);
    predicateOf(draft, on);
  }
  for (const { rule } of rules) protect(draft, rule);
  const groups: PlanGroup[] = draft.groups;
  const latches = groups.map(({ by }) => detectors.filter(({ subject }) => subject.name === by.name).map(latchName));
  const planned = rules.map(({ rule, shadow }, position): PlanRule => {
    return { ...compileReads(draft, rule.reads, rule.limits), position, rule, shadow };
  });
  return {
    groups,
    predicates: draft.predicates,
    rules: planned,
    judges: judgesByKind(planned),
    detectors: detectors.map((detector) => {
      const group = groupOf(draft, detector.subject);
      const latch = groups[group]!.slots.length + latches[group]!.indexOf(latchName(detector));
      return { ...compileReads(draft, detector.reads, detector.limits), detector, on: predicateOf(draft, detector.on), group, latch };
    }),
    watched: detectors.reduce((bits, { on }) => bits | (1 << predicateOf(draft, on)), 0),
    layout: {
      groupings: groups.map(({ by, slots }, index) => ({ name: by.name, slots: [...slots.map(({ name }) => name), ...latches[index]!] })),
    },
  };
}

interface DraftGroup {
  readonly by: Grouping;
  readonly slots: PlanSlot[];
  longestWindow: number;
  readonly protections: { slot: number; within: number; atLeast: number }[];
}

interface Draft {
  readonly groups: DraftGroup[];
  readonly predicates: Predicate[];
}

/** Their answers to one event are kept as the bits of one small integer. */
const mostPredicates = 30;

const latchName = (detector: Detector): string => `detected ${detector.id}`;

function declare(draft: Draft, aggregate: Aggregate<Reading> | Aggregate<FrequencyReading>): void {
  for (const floor of aggregate.since) declare(draft, floor);
  const group = draft.groups[groupOf(draft, aggregate.by)]!;
  const where = predicateOf(draft, aggregate.where);
  const index = group.slots.findIndex(({ name }) => name === aggregate.name);
  const known = group.slots[index];
  if (known !== undefined && known.field !== aggregate.field) throw twoMeanings("field", aggregate.field?.name ?? "");
  const slot: PlanSlot = {
    name: aggregate.name,
    where,
    field: aggregate.field,
    frequency: aggregate.kind === "frequency",
    distinct: aggregate.kind === "count-distinct",
    capacity: Math.max(known?.capacity ?? 0, aggregate.kind === "frequency" ? aggregate.limit : aggregate.limit + 1),
  };
  if (known === undefined) group.slots.push(slot);
  else group.slots[index] = slot;
  group.longestWindow = Math.max(group.longestWindow, aggregate.within);
}

function groupOf(draft: Draft, by: Grouping): number {
  const index = draft.groups.findIndex((group) => group.by.name === by.name);
  if (index < 0) return draft.groups.push({ by, slots: [], longestWindow: 0, protections: [] }) - 1;
  if (draft.groups[index]!.by !== by) throw twoMeanings("grouping", by.name);
  return index;
}

function predicateOf(draft: Draft, where: Predicate): number {
  const index = draft.predicates.findIndex(({ name }) => name === where.name);
  if (index < 0 && draft.predicates.length === mostPredicates)
    throw new RangeError(`expected at most ${mostPredicates} predicates in a policy`);
  if (index < 0) return draft.predicates.push(where) - 1;
  if (draft.predicates[index] !== where) throw twoMeanings("predicate", where.name);
  return index;
}

function twoMeanings(what: string, name: string): RangeError {
  return new RangeError(`${what} \`${name}\` has two meanings in one policy: name each once and share the value`);
}

function protect(draft: Draft, rule: Rule): void {
  for (const { reads, at, action } of rule.limits) {
    if (action !== "BLOCK") continue;
    const aggregate = rule.reads[reads]!;
    const group = draft.groups[groupOf(draft, aggregate.by)]!;
    const slot = group.slots.findIndex(({ name }) => name === aggregate.name);
    group.protections.push({ slot, within: aggregate.within, atLeast: Math.ceil(at / 2) });
  }
}

function judgesByKind(rules: readonly PlanRule[]): Plan["judges"] {
  const judgesOf = (kind: EventKind): Plan["judges"][EventKind] => {
    const always = rules.filter(({ rule }) => rule.kinds.includes(kind));
    return { before: always.filter(({ rule }) => rule.phase === "before"), always };
  };
  return {
    login: judgesOf("login"),
    registration: judgesOf("registration"),
    "password-reset": judgesOf("password-reset"),
    mfa: judgesOf("mfa"),
    unlock: judgesOf("unlock"),
  };
}

function compileReads(draft: Draft, reads: Reads, limits: readonly NamedLimit[]): PlanReads {
  const names = Object.keys(reads);
  const planned = names.map((name) => planRead(draft, reads[name]!));
  const gates = lowest(limits).map(({ reads: name, at }): PlanGate => {
    const { group, slot, within } = planned[names.indexOf(name)]!;
    return { group, slot, within, at };
  });
  const empty = Object.fromEntries(names.map((name, index) => [name, planned[index]!.empty])) as ReadingsOf<Reads>;
  return { names, reads: planned, empty, gates };
}

interface NamedLimit {
  readonly reads: string;
  readonly at: number;
}

/** The lowest limit on each reading. */
function lowest(limits: readonly NamedLimit[]): readonly NamedLimit[] {
  return limits.filter(
    ({ reads, at }, i) => !limits.some((other, j) => other.reads === reads && (other.at < at || (other.at === at && j < i))),
  );
}

function planRead(draft: Draft, aggregate: Aggregate<Reading> | Aggregate<FrequencyReading>): PlanRead {
  const group = groupOf(draft, aggregate.by);
  const frequency = aggregate.kind === "frequency";
  return {
    group,
    slot: draft.groups[group]!.slots.findIndex(({ name }) => name === aggregate.name),
    within: aggregate.within,
    limit: aggregate.limit,
    frequency,
    distinct: aggregate.kind === "count-distinct",
    floors: aggregate.since.map((floor) => planRead(draft, floor)),
    empty: frequency ? { value: 0, saturated: false, values: [], counts: [], errors: [] } : emptyReading(aggregate.within),
  };
}
