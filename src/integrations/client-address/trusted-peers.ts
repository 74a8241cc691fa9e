import { addressSet } from "../../core/network/address-set.js";
import { parseCidr } from "../../core/network/cidr.js";

/** The peers whose word about where a request came from is taken. */
export interface TrustedPeers {
  /** Whether a peer is one of them, by its address, or by `undefined` for a Unix socket; malformed text never is. */
  has(peer: string | undefined): boolean;
}

/** The widest private blocks, 10.0.0.0/8 and fc00::/7: whatever is wider is not one's own. */
const widest = { 4: 8, 6: 7 } as const;

/**
 * Reads a statement of trust: addresses, CIDR blocks, and `unix` for peers on a Unix socket.
 *
 * @throws TypeError when it is no list.
 * @throws RangeError for an entry that is malformed, or so wide that strangers would be trusted (wider than /8, for IPv6 than /7).
 * @example
 * const peers = trustedPeers(["10.0.0.0/8", "unix"]);
 * peers.has("::ffff:10.0.0.1"); //=> true
 * peers.has("192.0.2.1"); //=> false
 * peers.has(undefined); //=> true
 * @see RFC 1918 and RFC 4193, for the widest private blocks
 */
export function trustedPeers(entries: readonly string[]): TrustedPeers {
  if (!Array.isArray(entries)) {
    throw new TypeError("client address: expected `trusted`, the list of your own proxies; [] says that there are none");
  }
  for (const [index, entry] of entries.entries()) {
    if (entry === "unix") continue;
    const block = parseCidr(entry);
    const said = `client address: trusted entry ${index} ${quote(entry)}`;
    if (block === undefined) throw new RangeError(`${said}: expected an IPv4 or IPv6 address, a CIDR block or \`unix\``);
    if (block.prefix < widest[block.family]) {
      throw new RangeError(`${said} trusts strangers, who can then name any address: list your own proxies, or [] if there are none`);
    }
  }
  const unix = entries.includes("unix");
  const set = addressSet({ name: "trusted", addresses: entries.filter((entry) => entry !== "unix") });
  return { has: (peer) => (peer === undefined ? unix : set.has(peer)) };
}

/** Outside text in backticks, on one line and of bounded length. */
function quote(text: string): string {
  return `\`${JSON.stringify(String(text).slice(0, 100)).slice(1, -1)}\``;
}
