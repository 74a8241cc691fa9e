import { longestAddressText, parseAddress } from "./address.js";
import { formatAddress } from "./format-address.js";
import { readDottedQuad } from "./read-dotted-quad.js";

/**
 * The key under which an address counts as a source; undefined when the text is malformed or missing.
 *
 * IPv4 is its dotted quad; so is an IPv4-mapped address, unwrapped before any mask. IPv6 is its /64, the network that one
 * customer is given at the least, so that a host with 2^64 addresses at hand is still one source. Malformed text has no
 * source, so that malformed texts never share one. An IPv4 address behind a translator's well-known prefix (64:ff9b::/96) is
 * that IPv4 address: under the /64 all of IPv4 would be one source.
 *
 * @example
 * canonicalSource("192.0.2.1"); //=> "192.0.2.1"
 * canonicalSource("::ffff:192.0.2.1"); //=> "192.0.2.1"
 * canonicalSource("2001:db8:1:2:a:b:c:d"); //=> "2001:db8:1:2::/64"
 * canonicalSource("999.1.1.1"); //=> undefined
 * @see RFC 5952 (text), RFC 4291 section 2.5.4 (64-bit interface ids), RFC 6177 (what sites are given), RFC 6052 (translators)
 */
export function canonicalSource(ip: string | undefined): string | undefined {
  if (typeof ip !== "string" || ip.length > longestAddressText) return undefined;
  if (readDottedQuad(ip, 0, ip.length) >= 0) return ip;
  const address = parseAddress(ip);
  if (address === undefined) return undefined;
  if (address.family === 4) return formatAddress(address);
  const { words } = address;
  if (words[0] === 0x64ff9b && words[1] === 0 && words[2] === 0) return formatAddress({ family: 4, value: words[3] });
  return `${formatAddress({ family: 6, words: [words[0], words[1], 0, 0] })}/64`;
}
