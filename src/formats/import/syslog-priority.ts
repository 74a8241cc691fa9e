import { isDigit } from "./digits.js";

/**
 * Where a syslog line begins behind a byte order mark and its `<priority>`, which a file may or may not have kept.
 *
 * @example
 * skipSyslogPriority("<38>Mar 30 15:54:19 host"); //=> 4
 * @see RFC 3164 section 4.1.1
 */
export function skipSyslogPriority(line: string): number {
  const start = line.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (line[start] !== "<") return start;
  let at = start + 1;
  while (at < start + 4 && isDigit(line, at)) at++;
  return at > start + 1 && line[at] === ">" ? at + 1 : start;
}
