import type { Aggregate } from "./aggregate.js";
import type { FrequencyReading, Reading } from "./reading.js";

/** Aggregates by the name under which a rule or detector reads them. */
export type Reads = { readonly [name: string]: Aggregate<Reading> | Aggregate<FrequencyReading> };

/** What the aggregates say, under the same names. */
export type ReadingsOf<R extends Reads> = { readonly [Name in keyof R]: R[Name] extends Aggregate<infer Said> ? Said : never };

/** Refuses a limit on something that is not read, below 1, or above what the reading can tell. */
export function assertLimits(id: string, reads: Reads, limits: readonly { readonly reads: string; readonly at: number }[]): void {
  for (const { reads: name, at } of limits) {
    const aggregate = reads[name];
    if (aggregate === undefined) throw new TypeError(`\`${id}\` has a limit on \`${name}\`, which it does not read`);
    if (aggregate.kind === "frequency")
      throw new TypeError(`\`${id}\` has a limit on \`${name}\`, a frequency, which holds no matches to count`);
    if (!Number.isInteger(at) || at < 1) throw new RangeError(`\`${id}\`: expected limit to be an integer >= 1, got \`${at}\``);
    if (at > aggregate.limit) throw new RangeError(`\`${id}\`: limit ${at} is above what \`${name}\` can tell`);
  }
}
