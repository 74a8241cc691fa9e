import { calendarTime, type Stamp } from "./calendar-time.js";
import { readDigits } from "./digits.js";
import { readFraction } from "./fraction.js";

/**
 * Reads an ISO 8601 stamp at a place in a text: date, `T` or a blank, time of day, an optional fraction with a point or a
 * comma, and an optional zone (`Z`, `+02:00`, `+0200`, `+02`). Without a zone it is UTC. Undefined where there is no such stamp.
 *
 * @example
 * readIsoTime("2026-03-30T15:54:19.123456+02:00 host", 0); //=> { time: 1774878859123, end: 32 }
 * @see RFC 3339
 */
export function readIsoTime(text: string, start: number): Stamp | undefined {
  const year = readDigits(text, start, 4);
  const month = readDigits(text, start + 5, 2);
  const day = readDigits(text, start + 8, 2);
  const hour = readDigits(text, start + 11, 2);
  const minute = readDigits(text, start + 14, 2);
  const second = readDigits(text, start + 17, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return undefined;
  if (text[start + 4] !== "-" || text[start + 7] !== "-" || text[start + 13] !== ":" || text[start + 16] !== ":") return undefined;
  const separator = text[start + 10];
  if (separator !== "T" && separator !== "t" && separator !== " ") return undefined;
  const fraction = readFraction(text, start + 19);
  const time = calendarTime(year, month, day, hour, minute, second, fraction.milliseconds);
  const sign = text[fraction.end];
  if (sign === "Z" || sign === "z") return { time, end: fraction.end + 1 };
  if (sign !== "+" && sign !== "-") return { time, end: fraction.end };
  return readOffset(text, fraction.end + 1, sign === "+" ? -1 : 1, time);
}

/** `direction` is the sign with which the offset goes onto local time to make it UTC. */
function readOffset(text: string, start: number, direction: number, time: Stamp["time"]): Stamp | undefined {
  const hours = readDigits(text, start, 2);
  if (hours < 0) return undefined;
  const minutesAt = text[start + 2] === ":" ? start + 3 : start + 2;
  const minutes = readDigits(text, minutesAt, 2);
  const end = minutes < 0 ? start + 2 : minutesAt + 2;
  if (hours > 23 || minutes > 59 || typeof time === "string") return { time: "bad-time", end };
  return { time: time + direction * (hours * 60 + Math.max(minutes, 0)) * 60_000, end };
}
