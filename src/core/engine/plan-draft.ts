import type { Aggregate } from "../aggregates/aggregate.js";
import type { Field } from "../aggregates/field.js";
import type { Grouping } from "../aggregates/grouping.js";
import type { Predicate } from "../aggregates/predicate.js";
import type { FrequencyReading, Reading } from "../aggregates/reading.js";
import type { Rule } from "../rules/rule.js";
import type { PlanSlot } from "./plan.js";

/** One grouping of a plan that is being made. */
export interface DraftGroup {
  readonly by: Grouping;
  readonly slots: PlanSlot[];
  longestWindow: number;
  readonly protections: { slot: number; within: number; atLeast: number }[];
}

/** The groups and predicates of a plan that is being made. */
export interface Draft {
  readonly groups: DraftGroup[];
  readonly predicates: Predicate[];
  readonly fields: Field[];
}

/** Their answers to one event are kept as the bits of one small integer. */
const mostPredicates = 30;

/** Which of them an event changed is kept likewise. */
const mostGroupings = 30;

/** Gives an aggregate and its floors their places. */
export function declare(draft: Draft, aggregate: Aggregate<Reading> | Aggregate<FrequencyReading>): void {
  for (const floor of aggregate.since) declare(draft, floor);
  const group = draft.groups[groupOf(draft, aggregate.by)]!;
  const where = predicateOf(draft, aggregate.where);
  const index = group.slots.findIndex(({ name }) => name === aggregate.name);
  const known = group.slots[index];
  noteField(draft, aggregate.field);
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

/** The position of a grouping. */
export function groupOf(draft: Draft, by: Grouping): number {
  const index = draft.groups.findIndex((group) => group.by.name === by.name);
  if (index < 0 && draft.groups.length === mostGroupings) throw new RangeError(`expected at most ${mostGroupings} groupings in a policy`);
  if (index < 0) return draft.groups.push({ by, slots: [], longestWindow: 0, protections: [] }) - 1;
  if (draft.groups[index]!.by !== by) throw twoMeanings("grouping", by.name);
  return index;
}

/** The position of a predicate. */
export function predicateOf(draft: Draft, where: Predicate): number {
  const index = draft.predicates.findIndex(({ name }) => name === where.name);
  if (index < 0 && draft.predicates.length === mostPredicates)
    throw new RangeError(`expected at most ${mostPredicates} predicates in a policy`);
  if (index < 0) return draft.predicates.push(where) - 1;
  if (draft.predicates[index] !== where) throw twoMeanings("predicate", where.name);
  return index;
}

function noteField(draft: Draft, field: Field | undefined): void {
  if (field === undefined) return;
  const known = draft.fields.find(({ name }) => name === field.name);
  if (known === undefined) draft.fields.push(field);
  else if (known !== field) throw twoMeanings("field", field.name);
}

function twoMeanings(what: string, name: string): RangeError {
  return new RangeError(`${what} \`${name}\` has two meanings in one policy: name each once and share the value`);
}

/** Notes which counts of a rule lead to a BLOCK. */
export function protect(draft: Draft, rule: Rule): void {
  for (const { reads, at, action } of rule.limits) {
    if (action !== "BLOCK") continue;
    const aggregate = rule.reads[reads]!;
    const group = draft.groups[groupOf(draft, aggregate.by)]!;
    const slot = group.slots.findIndex(({ name }) => name === aggregate.name);
    group.protections.push({ slot, within: aggregate.within, atLeast: Math.ceil(at / 2) });
  }
}
