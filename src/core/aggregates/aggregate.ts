import { type Duration, toMilliseconds } from "../model/duration.js";
import type { Field } from "./field.js";
import type { Grouping } from "./grouping.js";
import type { Predicate } from "./predicate.js";
import type { FrequencyReading, Reading } from "./reading.js";

/** How far back an aggregate looks. */
export type Window = Duration | "ever";

/** The kinds of memory there are. */
export type AggregateKind = "count" | "count-distinct" | "latest" | "frequency";

/** A declaration of what to remember, in the words of SQL. Made by `count`, `countDistinct`, `latest` and `frequency`. */
export interface Aggregate<R extends Reading | FrequencyReading = Reading> {
  readonly kind: AggregateKind;
  /**
   * The identity of what is kept: kind, predicate, field and grouping by name. Window, limit and floors are matters of reading and no
   * part of it, so a redeploy with other limits reads the same memory and frees no lock.
   */
  readonly name: string;
  readonly where: Predicate;
  readonly by: Grouping;
  readonly field: Field | undefined;
  /** Milliseconds; `Infinity` for `"ever"`. */
  readonly within: number;
  readonly limit: number;
  /** Only matches newer than the newest of each of these count. */
  readonly since: readonly Aggregate[];
  /** Never there: carries the type of the reading. */
  readonly reading?: R;
}

/** What every aggregate is declared with. */
export interface AggregateOptions {
  /** Which events count. */
  readonly where: Predicate;
  /** Which group an event belongs to. */
  readonly by: Grouping;
  /** How far back, half-open: an event exactly this old has left. */
  readonly within: Window;
  /** Floors: `latest` aggregates after whose newest match counting starts again. */
  readonly since?: Aggregate | readonly Aggregate[];
}

/** The largest bound an aggregate takes: what a group keeps must stay small. */
export const largestLimit = 10_000;

/** Seals a declaration. Misuse (a bad limit, window or floor) is a TypeError or RangeError here, when it is made. */
export function defineAggregate<R extends Reading | FrequencyReading>(
  kind: AggregateKind,
  options: AggregateOptions,
  limit: number,
  field: Field | undefined,
): Aggregate<R> {
  if (!Number.isInteger(limit) || limit < 1 || limit > largestLimit) {
    throw new RangeError(`expected the limit of a \`${kind}\` to be an integer from 1 to ${largestLimit}, got \`${limit}\``);
  }
  const since = options.since === undefined ? [] : Array.isArray(options.since) ? options.since : [options.since as Aggregate];
  for (const floor of since) {
    if (floor.kind !== "latest") throw new TypeError(`expected \`since\` to name a \`latest\` aggregate, got \`${floor.kind}\``);
  }
  return {
    kind,
    name: aggregateName(kind, options, field),
    where: options.where,
    by: options.by,
    field,
    within: options.within === "ever" ? Number.POSITIVE_INFINITY : toMilliseconds(options.within),
    limit,
    since,
  };
}

function aggregateName(kind: AggregateKind, { where, by }: AggregateOptions, field: Field | undefined): string {
  return `${kind}${field === undefined ? "" : ` ${field.name}`} where ${where.name} by ${by.name}`;
}
