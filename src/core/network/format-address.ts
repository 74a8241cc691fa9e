import type { Address, IPv6Words } from "./address.js";

/**
 * The canonical text of an address: a dotted quad, or IPv6 as RFC 5952 writes it.
 *
 * Lower case, no leading zeros, and `::` for the longest run of two or more zero groups (the first of equals). Embedded
 * IPv4 is written in hexadecimal groups, as `URL` does it.
 *
 * @example
 * formatAddress({ family: 6, words: [0x20010db8, 0, 0, 1] }); //=> "2001:db8::1"
 * @see RFC 5952 section 4
 */
export function formatAddress(address: Address): string {
  return address.family === 4 ? formatIPv4(address.value) : formatIPv6(address.words);
}

function formatIPv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 0xff}.${(value >>> 8) & 0xff}.${value & 0xff}`;
}

function formatIPv6(words: IPv6Words): string {
  let gapStart = 0;
  let gapLength = 1; // a single zero group is not shortened
  let zeros = 0;
  for (let at = 0; at < 8; at++) {
    zeros = group(words, at) === 0 ? zeros + 1 : 0;
    if (zeros > gapLength) {
      gapLength = zeros;
      gapStart = at - zeros + 1;
    }
  }
  if (gapLength === 1) return groups(words, 0, 8);
  return `${groups(words, 0, gapStart)}::${groups(words, gapStart + gapLength, 8)}`;
}

function groups(words: IPv6Words, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) text += at === start ? group(words, at).toString(16) : `:${group(words, at).toString(16)}`;
  return text;
}

function group(words: IPv6Words, at: number): number {
  const word = words[at >> 1]!;
  return at % 2 === 0 ? word >>> 16 : word & 0xffff;
}
