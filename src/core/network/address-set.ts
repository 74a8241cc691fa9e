import { parseAddress } from "./address.js";
import { type IPv4Cidr, type IPv6Cidr, parseCidr } from "./cidr.js";
import { ipv4Ranges } from "./ipv4-ranges.js";
import { ipv6Ranges } from "./ipv6-ranges.js";
import { readDottedQuad } from "./read-dotted-quad.js";

/** What an address set is made of. */
export interface AddressSetOptions {
  /** What the set is called in facts and messages. */
  readonly name: string;
  /** IPv4 and IPv6 addresses and CIDR blocks, in any order; they may repeat and overlap. */
  readonly addresses: readonly string[];
  /** When the list was made, in epoch milliseconds. */
  readonly updatedAt?: number;
}

/** A named set of addresses: asks one question of a list of CIDR blocks. */
export interface AddressSet {
  readonly name: string;
  /** When the list was made, in epoch milliseconds; absent when that is not known. */
  readonly updatedAt?: number;
  /** How many entries were given. */
  readonly size: number;
  /** Whether an address lies in the set; false when its text is malformed. */
  has(ip: string): boolean;
  /** As `has`, but `undefined` when the text is no address, so that "not listed" and "cannot be told" stay apart. */
  holds(ip: string): boolean | undefined;
}

/**
 * Makes a set of the addresses in a list of CIDR blocks and single addresses.
 *
 * IPv4-mapped addresses are IPv4, in entries as in questions; host bits of an entry are masked off; a zone is dropped.
 * Comments and blank lines are the importers' business. Built for lists of 100,000 blocks: at most 12 bytes an IPv4
 * block and 32 an IPv6 block, and a lookup is a search by halving.
 *
 * @throws RangeError when an entry is malformed, naming the list, the entry's index from 0 and its text (cut to 100
 * characters), or when `updatedAt` is not a finite number.
 * @example
 * const office = addressSet({ name: "office", addresses: ["192.0.2.0/24", "2001:db8::/32"] });
 * office.has("192.0.2.200"); //=> true
 * office.has("::ffff:192.0.2.200"); //=> true
 * office.has("198.51.100.1"); //=> false
 * @see RFC 4632 (CIDR), RFC 4291 section 2.5.5.2 (IPv4-mapped)
 */
export function addressSet({ name, addresses, updatedAt }: AddressSetOptions): AddressSet {
  if (updatedAt !== undefined && !Number.isFinite(updatedAt)) {
    throw new RangeError(`address list ${quote(name)}: expected \`updatedAt\` to be a finite number of epoch milliseconds`);
  }
  const ipv4: IPv4Cidr[] = [];
  const ipv6: IPv6Cidr[] = [];
  for (const [index, entry] of addresses.entries()) {
    const block = parseCidr(entry);
    if (block === undefined) {
      throw new RangeError(`address list ${quote(name)} entry ${index} ${quote(entry)}: expected an IPv4 or IPv6 address or CIDR block`);
    }
    if (block.family === 4) ipv4.push(block);
    else ipv6.push(block);
  }
  const size = addresses.length;
  const inIPv4 = ipv4Ranges(ipv4);
  const inIPv6 = ipv6Ranges(ipv6);
  const holds = (ip: string): boolean | undefined => {
    // nearly every question is a dotted quad: it is read without making an address of it
    const quad = typeof ip === "string" ? readDottedQuad(ip, 0, ip.length) : -1;
    if (quad >= 0) return inIPv4(quad);
    const address = parseAddress(ip);
    if (address === undefined) return undefined;
    return address.family === 4 ? inIPv4(address.value) : inIPv6(address.words);
  };
  return {
    name,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    size,
    has: (ip) => size > 0 && holds(ip) === true,
    holds,
  };
}

/** Outside text in backticks, on one line and of bounded length. */
function quote(text: string): string {
  return `\`${JSON.stringify(String(text).slice(0, 100)).slice(1, -1)}\``;
}
