import { type Aggregate, type AggregateOptions, defineAggregate } from "./aggregate.js";

/** How a `count` is declared. */
export interface CountOptions extends AggregateOptions {
  /** The highest number that must be told apart: 1 to 10,000. Above it the reading says `saturated`. */
  readonly limit: number;
}

/**
 * Counts the matches of a group within a window, exact up to `limit`.
 *
 * A group keeps the `limit + 1` newest settled matches, and reservations beside them. Idempotent by event id, tolerant of
 * disorder. One more than the limit is kept so that an event delivered again can be left out of its own reading.
 *
 * @example
 * const failures = count({ where: unproven, by: byAccountAndSource, within: { minutes: 15 }, limit: 10 });
 * failures.name; //=> "count where unproven by account-and-source"
 */
export function count(options: CountOptions): Aggregate {
  return defineAggregate("count", options, options.limit, undefined);
}
