import { readDottedQuad } from "./read-dotted-quad.js";

/** 128 bits as four unsigned 32-bit numbers, the most significant first. */
export type IPv6Words = readonly [number, number, number, number];

/** An IPv4 address as one unsigned 32-bit number. */
export interface IPv4Address {
  readonly family: 4;
  readonly value: number;
}

/** An IPv6 address that is not an IPv4-mapped one. */
export interface IPv6Address {
  readonly family: 6;
  readonly words: IPv6Words;
}

/** A network address in parsed form. */
export type Address = IPv4Address | IPv6Address;

/** The longest text read at all, in UTF-16 units: the longest address has 45, the rest is room for a zone. */
export const longestAddressText = 100;

const dot = 0x2e;
const colon = 0x3a;

/** The value of each ASCII character as a hexadecimal digit, -1 when it is none: a table, because which digits come cannot be foreseen. */
const hexDigits = Int8Array.from({ length: 128 }, (_, code) => "0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase()));

/**
 * Reads the text of an IPv4 or IPv6 address; undefined when it is malformed.
 *
 * IPv4 is a dotted quad of four decimal parts without leading zeros. IPv6 is any form of RFC 4291 section 2.2, in upper
 * or lower case, with or without a zone (`%eth0`, which is dropped: it means nothing outside the host that wrote it). An
 * IPv4-mapped address *is* its IPv4 address, however it is written. White space, a port, brackets, a prefix length and
 * texts of more than 100 characters are malformed.
 *
 * @example
 * parseAddress("192.0.2.1"); //=> { family: 4, value: 3221225985 }
 * parseAddress("2001:db8::1"); //=> { family: 6, words: [536939960, 0, 0, 1] }
 * parseAddress("::ffff:192.0.2.1"); //=> { family: 4, value: 3221225985 }
 * parseAddress("192.000.002.001"); //=> undefined
 * @see RFC 4291 sections 2.2 (text) and 2.5.5.2 (IPv4-mapped), RFC 4007 section 11 (zones)
 */
export function parseAddress(text: string): Address | undefined {
  if (typeof text !== "string" || text.length > longestAddressText) return undefined;
  const value = readDottedQuad(text, 0, text.length);
  if (value >= 0) return { family: 4, value };
  const percent = text.indexOf("%");
  if (percent >= 0 && !isZone(text, percent + 1)) return undefined;
  const words = readIPv6(text, percent >= 0 ? percent : text.length);
  if (words === undefined) return undefined;
  if (words[0] === 0 && words[1] === 0 && words[2] === 0xffff) return { family: 4, value: words[3] };
  return { family: 6, words };
}

function readIPv6(text: string, end: number): IPv6Words | undefined {
  const groups = [0, 0, 0, 0, 0, 0, 0, 0];
  let count = 0;
  let gap = -1; // how many groups stand before the `::`
  let start = 0;
  if (text.charCodeAt(0) === colon) {
    if (text.charCodeAt(1) !== colon) return undefined;
    gap = 0;
    start = 2;
  }
  let group = 0;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === colon) {
      if (digits > 0) {
        if (count === 7) return undefined;
        groups[count++] = group;
        group = 0;
        digits = 0;
      } else {
        if (gap >= 0) return undefined;
        gap = count;
      }
      start = at + 1;
    } else if (code === dot) {
      const quad = readDottedQuad(text, start, end);
      if (quad < 0 || count > 6) return undefined;
      groups[count++] = quad >>> 16;
      group = quad & 0xffff;
      digits = 4;
      break;
    } else {
      const digit = code < 128 ? hexDigits[code]! : -1;
      if (digit < 0 || digits === 4) return undefined;
      group = (group << 4) | digit;
      digits++;
    }
  }
  if (digits > 0) groups[count++] = group;
  else if (gap !== count) return undefined;
  if (gap < 0 ? count !== 8 : count === 8) return undefined;
  if (gap >= 0) {
    for (let from = count - 1; from >= gap; from--) {
      groups[from + 8 - count] = groups[from]!;
      groups[from] = 0;
    }
  }
  return [word(groups, 0), word(groups, 2), word(groups, 4), word(groups, 6)];
}

function word(groups: readonly number[], at: number): number {
  return ((groups[at]! << 16) | groups[at + 1]!) >>> 0;
}

/** RFC 6874 allows the unreserved characters in a zone; the colon of `eth0:1` is let through as well. */
function isZone(text: string, start: number): boolean {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    const digitOrColon = code >= 0x30 && code <= colon;
    if (!letter && !digitOrColon && code !== 0x2d && code !== dot && code !== 0x5f && code !== 0x7e) return false;
  }
  return start < text.length;
}
