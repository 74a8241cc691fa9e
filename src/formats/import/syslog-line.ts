import type { Stamp, StampedTime } from "./calendar-time.js";
import { isDigit } from "./digits.js";
import { readIsoTime } from "./iso-time.js";
import { skipStructuredData } from "./structured-data.js";
import { skipSyslogPriority } from "./syslog-priority.js";
import { readSyslogTime } from "./syslog-time.js";
import type { SyslogYears } from "./syslog-years.js";

/** One line of a syslog file, taken apart. */
export interface SyslogLine {
  readonly time: StampedTime;
  /** The machine that wrote it; empty when the line does not say. */
  readonly host: string;
  readonly program: string;
  /** Process id; empty when the line does not say. */
  readonly pid: string;
  /** Without blanks before and behind. */
  readonly message: string;
}

/**
 * Takes a syslog line apart; undefined where there is no time stamp or no program name in its place.
 *
 * Reads RFC 3164 (`Mar 30 15:54:19 host program[pid]: message`), the same with an ISO stamp, with a facility before the program
 * (`auth.info`, as BusyBox writes) or without the host, and RFC 5424; each with or without `<priority>`. Solaris's
 * `[ID 800047 auth.info]` is no part of the message. One pass, no regular expression: a hostile line costs what it is long.
 *
 * @see RFC 3164 section 4, RFC 5424 section 6
 */
export function readSyslogLine(line: string, years: SyslogYears): SyslogLine | undefined {
  const start = skipSyslogPriority(line);
  if (line.startsWith("1 ", start)) return readStructured(line, start + 2);
  const stamp = readSyslogTime(line, start, years);
  return stamp !== undefined && line[stamp.end] === " " ? readTagged(line, stamp) : undefined;
}

/** After the stamp: `host program[pid]: message`. */
function readTagged(line: string, { time, end }: Stamp): SyslogLine | undefined {
  let tag = skipBlanks(line, end);
  let host = "";
  const word = line.slice(tag, endOfField(line, tag));
  if (!word.endsWith(":") && !word.includes("[")) {
    host = word;
    tag = skipFacility(line, skipBlanks(line, tag + word.length));
  }
  let at = tag;
  while (at < line.length && !endsProgram(line.charCodeAt(at))) at++;
  const program = line.slice(tag, at);
  let pid = "";
  if (line[at] === "[") {
    const pidStart = ++at;
    while (isDigit(line, at)) at++;
    pid = line.slice(pidStart, at);
    if (line[at++] !== "]") return undefined;
  }
  if (program === "" || line[at] !== ":") return undefined;
  return { time, host, program, pid, message: messageFrom(line, at + 1) };
}

/** `[`, `:` or a blank */
function endsProgram(code: number): boolean {
  return code === 0x5b || code === 0x3a || code === 0x20;
}

/** BusyBox writes `auth.info` where others have the program. */
function skipFacility(line: string, start: number): number {
  const end = endOfField(line, start);
  const word = line.slice(start, end);
  return word.includes(".") && !word.includes(":") && !word.includes("[") && end < line.length ? skipBlanks(line, end) : start;
}

/** After `<priority>1 `: `stamp host program pid message-id structured-data message`. */
function readStructured(line: string, start: number): SyslogLine | undefined {
  const stamp: Stamp | undefined = line.startsWith("- ", start) ? { time: "no-timestamp", end: start + 1 } : readIsoTime(line, start);
  if (stamp === undefined || line[stamp.end] !== " ") return undefined;
  const hostEnd = endOfField(line, stamp.end + 1);
  const programEnd = endOfField(line, hostEnd + 1);
  const pidEnd = endOfField(line, programEnd + 1);
  const idEnd = endOfField(line, pidEnd + 1);
  const end = skipStructuredData(line, idEnd + 1);
  if (end === undefined) return undefined;
  return {
    time: stamp.time,
    host: orEmpty(line.slice(stamp.end + 1, hostEnd)),
    program: orEmpty(line.slice(hostEnd + 1, programEnd)),
    pid: orEmpty(line.slice(programEnd + 1, pidEnd)),
    message: messageFrom(line, end),
  };
}

function orEmpty(field: string): string {
  return field === "-" ? "" : field;
}

function endOfField(line: string, start: number): number {
  const end = line.indexOf(" ", start);
  return end < 0 ? line.length : end;
}

function skipBlanks(line: string, start: number): number {
  let at = start;
  while (line.charCodeAt(at) === 0x20) at++;
  return at;
}

function messageFrom(line: string, start: number): string {
  let from = skipBlanks(line, start);
  if (line.charCodeAt(from) === 0xfeff) from++;
  if (line.startsWith("[ID ", from)) {
    const close = line.indexOf("] ", from);
    if (close >= 0) from = skipBlanks(line, close + 1);
  }
  let end = line.length;
  while (end > from && isLineEnd(line.charCodeAt(end - 1))) end--;
  return line.slice(from, end);
}

function isLineEnd(code: number): boolean {
  return code === 0x20 || code === 0x0d || code === 0x0a;
}
