import { milliseconds } from "date-fns/milliseconds";

/** A span of time in units a person reads. Months and years are left out on purpose: their length depends on the calendar. */
export interface Duration {
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

const units = ["weeks", "days", "hours", "minutes", "seconds"] as const;

/**
 * The length of a duration in milliseconds.
 *
 * @throws RangeError when a part is negative or not finite, or when the whole is zero; TypeError when it is not a duration at all.
 * @example
 * toMilliseconds({ minutes: 15 }); //=> 900000
 */
export function toMilliseconds(duration: Duration): number {
  if (typeof duration !== "object" || duration === null) throw new TypeError("expected a duration such as `{ minutes: 15 }`");
  for (const unit of Object.keys(duration)) {
    if (!(units as readonly string[]).includes(unit))
      throw new TypeError(`unknown duration unit \`${unit}\`, expected one of ${units.join(", ")}`);
    const part = duration[unit as keyof Duration];
    if (part !== undefined && !(Number.isFinite(part) && part >= 0))
      throw new RangeError(`expected duration \`${unit}\` to be a number >= 0`);
  }
  const length = milliseconds(duration);
  if (!(length > 0)) throw new RangeError("expected a duration longer than zero");
  if (!Number.isFinite(length)) throw new RangeError('expected a duration that ends; `"ever"` is the window without an end');
  return length;
}
