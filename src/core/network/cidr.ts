import { type IPv6Words, longestAddressText, parseAddress } from "./address.js";

/** A block of IPv4 addresses; the bits of `base` beyond `prefix` (0 to 32) are zero. */
export interface IPv4Cidr {
  readonly family: 4;
  readonly base: number;
  readonly prefix: number;
}

/** A block of IPv6 addresses; the bits of `base` beyond `prefix` (0 to 128) are zero. */
export interface IPv6Cidr {
  readonly family: 6;
  readonly base: IPv6Words;
  readonly prefix: number;
}

/** A block of addresses that begin with the same bits. */
export type Cidr = IPv4Cidr | IPv6Cidr;

/**
 * Reads a CIDR block, or a single address as a block of one; undefined when it is malformed.
 *
 * Host bits are masked off. A block of IPv4-mapped addresses is the IPv4 block, its prefix less 96; with a prefix below
 * 96 it would be neither family's, and is malformed. The prefix is decimal without leading zeros; netmasks are not read.
 *
 * @example
 * parseCidr("192.0.2.7/24"); //=> { family: 4, base: 3221225984, prefix: 24 }
 * parseCidr("::ffff:192.0.2.0/120"); //=> { family: 4, base: 3221225984, prefix: 24 }
 * parseCidr("2001:db8::1"); //=> { family: 6, base: [536939960, 0, 0, 1], prefix: 128 }
 * parseCidr("192.0.2.0/"); //=> undefined
 * @see RFC 4632 section 3.1 (IPv4), RFC 4291 section 2.3 (IPv6)
 */
export function parseCidr(text: string): Cidr | undefined {
  if (typeof text !== "string" || text.length > longestAddressText + "/128".length) return undefined;
  const slash = text.indexOf("/");
  const addressText = slash < 0 ? text : text.slice(0, slash);
  const address = parseAddress(addressText);
  if (address === undefined) return undefined;
  const written = slash < 0 ? undefined : readPrefix(text, slash + 1);
  if (address.family === 6) {
    const prefix = written ?? 128;
    return prefix < 0 || prefix > 128 ? undefined : { family: 6, base: maskIPv6(address.words, prefix), prefix };
  }
  const offset = addressText.includes(":") ? 96 : 0;
  const prefix = (written ?? offset + 32) - offset;
  return prefix < 0 || prefix > 32 ? undefined : { family: 4, base: mask(address.value, prefix), prefix };
}

/** -1 when it is not one to three decimal digits without leading zeros. */
function readPrefix(text: string, start: number): number {
  const digits = text.length - start;
  if (digits < 1 || digits > 3 || (digits > 1 && text.charCodeAt(start) === 0x30)) return -1;
  let prefix = 0;
  for (let at = start; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    prefix = prefix * 10 + digit;
  }
  return prefix;
}

function maskIPv6(words: IPv6Words, prefix: number): IPv6Words {
  return [mask(words[0], prefix), mask(words[1], prefix - 32), mask(words[2], prefix - 64), mask(words[3], prefix - 96)];
}

/** Keeps the first `bits` of 32; all of them from 32 up, none from 0 down. */
function mask(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : (word & (0xffffffff << (32 - bits))) >>> 0;
}
