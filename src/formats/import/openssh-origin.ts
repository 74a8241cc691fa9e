import { isDigit } from "./digits.js";

/** Who an sshd message says tried, and from where. */
export interface OpensshOrigin {
  /** As it stands in the log: any text at all, chosen by whoever tried. */
  readonly name: string;
  /** An address or a host name, without blanks. */
  readonly host: string;
}

/**
 * Reads `NAME from HOST port N` backwards from `end`, where sshd's own words are, so that a name that itself contains
 * `from 198.51.100.7 port 55555 ssh2` cannot pass for the host. Undefined when that is not what stands there.
 *
 * @param start where the name begins
 * @param end just behind the port
 */
export function readOriginWithPort(message: string, start: number, end: number): OpensshOrigin | undefined {
  let digits = end;
  while (digits > start && isDigit(message, digits - 1)) digits--;
  if (digits === end || end - digits > 5 || !message.startsWith(" port ", digits - 6)) return undefined;
  return readOrigin(message, start, digits - 6);
}

/** Reads `NAME from HOST` backwards from `end`, as `readOriginWithPort` does. */
export function readOrigin(message: string, start: number, end: number): OpensshOrigin | undefined {
  let blank = end - 1;
  while (blank > start && message.charCodeAt(blank) !== 0x20) blank--;
  const from = blank - " from".length;
  if (from < start || blank === end - 1 || !message.startsWith(" from", from)) return undefined;
  return { name: message.slice(start, from), host: message.slice(blank + 1, end) };
}
