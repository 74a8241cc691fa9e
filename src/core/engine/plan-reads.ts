import type { Aggregate } from "../aggregates/aggregate.js";
import { emptyReading, type FrequencyReading, type Reading } from "../aggregates/reading.js";
import type { ReadingsOf, Reads } from "../aggregates/reads.js";
import type { PlanGate, PlanRead, PlanReads } from "./plan.js";
import { type Draft, groupOf } from "./plan-draft.js";

/** Resolves what a rule or detector reads, and its limits, to positions. */
export function compileReads(draft: Draft, reads: Reads, limits: readonly NamedLimit[]): PlanReads {
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
    field: aggregate.field,
    frequency,
    distinct: aggregate.kind === "count-distinct",
    floors: aggregate.since.map((floor) => planRead(draft, floor)),
    empty: frequency ? { value: 0, saturated: false, values: [], counts: [], errors: [] } : emptyReading(aggregate.within),
  };
}
