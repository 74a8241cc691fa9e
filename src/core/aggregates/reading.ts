/**
 * What an aggregate says at a time `t`: its matches with `at > t - within`, newest last. Plain data.
 *
 * `count`: one time per match. `countDistinct`: one value per time, the time it was last seen. `latest`: the last k matches.
 */
export interface Reading {
  /** How many, exact up to the aggregate's limit. */
  readonly value: number;
  /** Whether the limit is reached: there may be more than `value`. */
  readonly saturated: boolean;
  /** Epoch milliseconds, ascending; as many as `value`. */
  readonly times: readonly number[];
  /** The field's values beside the times; empty where the aggregate has no field. */
  readonly values: readonly string[];
  /** The window in milliseconds; `Infinity` for `"ever"`. */
  readonly within: number;
}

/** What a `frequency` says: how often each value was seen, the most frequent first. */
export interface FrequencyReading {
  /** All matches remembered, whatever their value. */
  readonly value: number;
  /** Whether values have been replaced: then `count - error <= true <= count` for each, and `error <= value / limit`. */
  readonly saturated: boolean;
  readonly values: readonly string[];
  readonly counts: readonly number[];
  readonly errors: readonly number[];
}

/** The reading of an empty group. */
export function emptyReading(within: number): Reading {
  return { value: 0, saturated: false, times: [], values: [], within };
}

/**
 * When a reading falls below `limit` if nothing more comes, in epoch milliseconds; `undefined` when it is below already or its
 * window never ends. Exact for every limit up to the aggregate's own.
 *
 * @example
 * liftsAt({ value: 2, saturated: false, times: [1000, 4000], values: [], within: 60_000 }, 2); //=> 61000
 */
export function liftsAt(reading: Reading, limit: number): number | undefined {
  if (reading.value < limit || limit < 1) return undefined;
  const lifts = reading.times[reading.times.length - limit]! + reading.within;
  return Number.isFinite(lifts) ? lifts : undefined;
}
