import { type Aggregate, type AggregateOptions, defineAggregate } from "./aggregate.js";
import type { Field } from "./field.js";

/** How a `latest` is declared. */
export interface LatestOptions extends AggregateOptions {
  /** What to remember of each match beside its time. */
  readonly field?: Field;
  /** How many: 1 to 10,000. */
  readonly limit?: number;
}

/**
 * Remembers the last `limit` matches of a group (one by default), newest by time and then by id.
 *
 * One more is kept, so that "the newest other than this event" survives an event delivered again.
 *
 * @example
 * const lastProven = latest({ where: proven, by: byAccount, within: { days: 90 } });
 * lastProven.name; //=> "latest where proven by account"
 */
export function latest(options: LatestOptions): Aggregate {
  return defineAggregate("latest", options, options.limit ?? 1, options.field);
}
