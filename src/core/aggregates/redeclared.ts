import { type Aggregate, defineAggregate } from "./aggregate.js";
import type { Predicate } from "./predicate.js";

/**
 * The same declaration for other events, or up to another limit.
 *
 * @throws RangeError for a limit out of bounds.
 * @example
 * const failures = count({ where: failed, by: bySource, within: { hours: 1 }, limit: 5 });
 * redeclared(failures, { where: unproven, limit: 20 }).name; //=> "count where unproven by source"
 */
export function redeclared(aggregate: Aggregate, { where, limit }: { readonly where: Predicate; readonly limit: number }): Aggregate {
  const { kind, by, within, since, field } = aggregate;
  return defineAggregate(kind, { where, by, within: Number.isFinite(within) ? { seconds: within / 1000 } : "ever", since }, limit, field);
}
