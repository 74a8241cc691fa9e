import { canonicalAddress } from "../../core/network/canonical-address.js";
import { forwardedHops } from "./forwarded-hops.js";
import { hopsFromTheRight } from "./hops-from-the-right.js";
import { trustedPeers } from "./trusted-peers.js";
import { xForwardedForHops } from "./x-forwarded-for-hops.js";

/** What `clientAddress` is told of the way that a request takes to the server. */
export interface ClientAddressOptions {
  /**
   * One's own proxies, always stated: addresses, CIDR blocks, and `"unix"` for a peer on a Unix socket. With `[]` there is no proxy and the
   * peer is the client. Say `"unix"` only where nothing but Unix sockets is listened on: Node has no address for a TCP peer that hung up.
   */
  readonly trusted: readonly string[];
  /** The one header that one's proxies write; required when `trusted` is not empty. The other is never read: a client may have written it. */
  readonly header?: "x-forwarded-for" | "forwarded";
}

/** What a server knows of a request before anybody is believed. */
export interface Hop {
  /** The address of the peer as the socket says; `undefined` for a Unix socket. */
  readonly peer: string | undefined;
  /** Looks a request header up by its name in lower case: its one line or its lines in order, `undefined` when it is missing. */
  readonly header: (name: string) => string | readonly string[] | undefined;
}

/** The canonical address of the client behind a request; `undefined` when it cannot be told. */
export type ClientAddress = (hop: Hop) => string | undefined;

const hopsOf = { "x-forwarded-for": xForwardedForHops, forwarded: forwardedHops } as const;

/**
 * Makes the resolver of client addresses: the client is the right-most hop that is not one of one's own proxies.
 *
 * A peer that is not trusted is the client itself, and no header is read. Behind a trusted peer the header is walked from the right, where
 * one's own proxies write, so that nothing a client puts on the left moves the answer; if every hop is trusted, the left-most is the client.
 * A hop that is no address (`unknown`, `_hidden`, malformed, empty) ends the walk with `undefined`, and so does a header that a trusted peer
 * did not send: answering the proxy's own address would make one source of everybody behind it. At most 100 hops and 8,192
 * characters are looked at. Nothing in a request throws.
 *
 * @throws TypeError when `trusted` is no list, or is not empty and `header` is missing.
 * @throws RangeError for an entry of `trusted` that is malformed or wider than anybody's own network (IPv4 /8, IPv6 /7), and for another header.
 * @example
 * const client = clientAddress({ trusted: ["10.0.0.0/8"], header: "x-forwarded-for" });
 * const header = () => "192.0.2.66, 198.51.100.7";
 * client({ peer: "10.0.0.1", header }); //=> "198.51.100.7"
 * client({ peer: "203.0.113.9", header }); //=> "203.0.113.9"
 * @see RFC 7239 (Forwarded) and its section 8.1, on why a hop is believed only as far as the one who wrote it
 */
export function clientAddress({ trusted, header: name }: ClientAddressOptions): ClientAddress {
  const proxies = trustedPeers(trusted);
  if (name !== undefined && !Object.hasOwn(hopsOf, name)) {
    throw new RangeError("client address: expected `header` to be `x-forwarded-for` or `forwarded`, in lower case");
  }
  if (name === undefined) {
    if (trusted.length === 0) return ({ peer }) => canonicalAddress(peer);
    throw new TypeError("client address: expected `header`, the one your proxies write: `x-forwarded-for` or `forwarded`");
  }
  return ({ peer, header }) => {
    if (!proxies.has(peer)) return canonicalAddress(peer);
    let leftmost: string | undefined;
    for (const hop of hopsFromTheRight(header(name), hopsOf[name])) {
      leftmost = hop;
      if (hop === undefined || !proxies.has(hop)) break;
    }
    return leftmost;
  };
}
