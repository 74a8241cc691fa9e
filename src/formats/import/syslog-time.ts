import { calendarTime, type Stamp } from "./calendar-time.js";
import { isDigit, readDigits } from "./digits.js";
import { readFraction } from "./fraction.js";
import { readIsoTime } from "./iso-time.js";
import type { SyslogYears } from "./syslog-years.js";

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const blank = 0x20;

/**
 * Reads the time stamp of a syslog line: `Mar 30 15:54:19` (RFC 3164, its year from `years`) or ISO 8601. Undefined where there
 * is neither. A stamp without a zone is UTC.
 *
 * @example
 * readSyslogTime("Mar  3 15:54:19 host", 0, syslogYears(2026)); //=> { time: 1772553259000, end: 15 }
 * @see RFC 3164 section 4.1.2
 */
export function readSyslogTime(line: string, start: number, years: SyslogYears): Stamp | undefined {
  return isDigit(line, start) ? readIsoTime(line, start) : readMonthTime(line, start, years);
}

function readMonthTime(line: string, start: number, years: SyslogYears): Stamp | undefined {
  const monthEnd = endOfWord(line, start);
  if (monthEnd === start || line.charCodeAt(monthEnd) !== blank) return undefined;
  const dayStart = line.charCodeAt(monthEnd + 1) === blank ? monthEnd + 2 : monthEnd + 1;
  const dayLength = isDigit(line, dayStart + 1) ? 2 : 1;
  const timeStart = dayStart + dayLength + 1;
  const day = readDigits(line, dayStart, dayLength);
  const hour = readDigits(line, timeStart, 2);
  const minute = readDigits(line, timeStart + 3, 2);
  const second = readDigits(line, timeStart + 6, 2);
  if (day < 0 || hour < 0 || minute < 0 || second < 0) return undefined;
  if (line.charCodeAt(timeStart - 1) !== blank || line[timeStart + 2] !== ":" || line[timeStart + 5] !== ":") return undefined;
  const { milliseconds, end } = readFraction(line, timeStart + 8);
  const month = monthNames.indexOf(line.slice(start, monthEnd)) + 1;
  if (month === 0) return { time: "unknown-month", end };
  // what does not exist in any year must not move the years on
  if (day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return { time: "bad-time", end };
  const year = years.yearOf(month);
  return { time: year === undefined ? "no-year" : calendarTime(year, month, day, hour, minute, second, milliseconds), end };
}

/** A month's name in any language is short; a longer first word is none, however long the line. */
function endOfWord(line: string, start: number): number {
  let end = start;
  while (end < start + 10 && end < line.length && line.charCodeAt(end) !== blank) end++;
  return end;
}
