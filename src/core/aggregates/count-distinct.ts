import { type Aggregate, type AggregateOptions, defineAggregate } from "./aggregate.js";
import type { Field } from "./field.js";

/** How a `countDistinct` is declared. */
export interface CountDistinctOptions extends AggregateOptions {
  /** What is told apart. Events without it do not count. */
  readonly field: Field;
  /** The highest number that must be told apart: 1 to 10,000. */
  readonly limit: number;
}

/**
 * Counts the distinct values of a field in a group within a window, exact up to `limit`.
 *
 * A group keeps the `limit + 1` most recently seen values with the time each was last seen, and reservations beside them.
 *
 * @example
 * const accounts = countDistinct({ field: accountField, where: failed, by: bySource, within: { hours: 1 }, limit: 5 });
 * accounts.name; //=> "count-distinct account where failed by source"
 */
export function countDistinct(options: CountDistinctOptions): Aggregate {
  return defineAggregate("count-distinct", options, options.limit, options.field);
}
