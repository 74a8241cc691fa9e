import { type Aggregate, type AggregateOptions, defineAggregate } from "./aggregate.js";
import type { Field } from "./field.js";
import type { FrequencyReading } from "./reading.js";

/** How a `frequency` is declared. */
export interface FrequencyOptions extends AggregateOptions {
  /** Whose values are tallied. Events without it do not count. */
  readonly field: Field;
  /** How many values are told apart: 1 to 10,000. */
  readonly limit: number;
}

/**
 * Tallies how often each value of a field was seen in a group: exact while there are at most `limit` values, above it
 * Space-Saving (Metwally, Agrawal, El Abbadi 2005), and the reading says so.
 *
 * Only settled events are tallied. `within` and `since` choose which values are reported, by the time each was last seen; the
 * counts are of all that the group remembers. Idempotent and order-free for events no older than the newest `4 x limit` matches.
 *
 * @example
 * const countries = frequency({ field: countryField, where: proven, by: byAccount, within: "ever", limit: 8 });
 * countries.name; //=> "frequency country where proven by account"
 */
export function frequency(options: FrequencyOptions): Aggregate<FrequencyReading> {
  return defineAggregate("frequency", options, options.limit, options.field);
}
