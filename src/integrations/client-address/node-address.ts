import { canonicalAddress } from "../../core/network/canonical-address.js";

/** An IPv4 address, or anything else in brackets, and perhaps a port. */
const node = /^(?:\[([^[\]]+)\]|([0-9.]+))(?::(?:[0-9]{1,5}|_[0-9A-Za-z._-]+))?$/;

/**
 * The canonical address of a node as RFC 7239 writes it: IPv4, or IPv6 in brackets, with or without a port; undefined when it is anything else.
 *
 * `unknown` and obfuscated names (`_hidden`) are no addresses; an obfuscated port is a port. IPv6 without brackets is malformed, because
 * its last group and a port could not be told apart.
 *
 * @example
 * nodeAddress("[2001:db8::1]:4711"); //=> "2001:db8::1"
 * nodeAddress("192.0.2.1"); //=> "192.0.2.1"
 * nodeAddress("2001:db8::1"); //=> undefined
 * nodeAddress("_hidden"); //=> undefined
 * @see RFC 7239 section 6
 */
export function nodeAddress(text: string): string | undefined {
  const match = node.exec(text);
  if (match === null) return undefined;
  const [, bracketed, ipv4] = match;
  return bracketed === undefined || bracketed.includes(":") ? canonicalAddress(bracketed ?? ipv4) : undefined;
}
