import { parseAddress } from "./address.js";
import { formatAddress } from "./format-address.js";

/**
 * The one spelling of a whole address, for showing in facts; undefined when the text is malformed or missing.
 *
 * IPv4 and IPv4-mapped addresses become a dotted quad, IPv6 its RFC 5952 text without a zone. To count by source use
 * `canonicalSource`: one IPv6 host can have 2^64 addresses.
 *
 * @example
 * canonicalAddress("2001:0DB8:0:0::1%eth0"); //=> "2001:db8::1"
 * canonicalAddress("::ffff:c000:201"); //=> "192.0.2.1"
 * @see RFC 5952
 */
export function canonicalAddress(ip: string | undefined): string | undefined {
  if (ip === undefined) return undefined;
  const address = parseAddress(ip);
  return address === undefined ? undefined : formatAddress(address);
}
