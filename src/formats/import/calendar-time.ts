/** What a stamp says: epoch milliseconds, or why it says no time. */
export type StampedTime = number | TimeProblem;

/**
 * - `bad-time`: a day or a time of day that does not exist
 * - `unknown-month`: a month name that is not one of the twelve English ones
 * - `no-year`: the stamp carries no year and none was given
 * - `no-timestamp`: the log says outright that it has no time
 */
export type TimeProblem = "bad-time" | "unknown-month" | "no-year" | "no-timestamp";

/** A time stamp at the front of a line: what it says and where it ends. */
export interface Stamp {
  readonly time: StampedTime;
  /** Offset of the first character after it. */
  readonly end: number;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The UTC time of a date and time of day in epoch milliseconds; `bad-time` when there is no such date or time.
 *
 * Years run from 1970 to 9999. A leap second is no time: no syslog writes one (RFC 5424 forbids it), and 60 is a sign of damage.
 *
 * @example
 * calendarTime(2026, 3, 30, 15, 54, 19, 0); //=> 1774886059000
 * calendarTime(2026, 2, 29, 0, 0, 0, 0); //=> "bad-time"
 */
export function calendarTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): StampedTime {
  if (year < 1970 || year > 9999 || hour > 23 || minute > 59 || second > 59 || !isDate(year, month, day)) return "bad-time";
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= monthLengths[month - 1]! || (month === 2 && day === 29 && isLeap(year));
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
