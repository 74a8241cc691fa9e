import type { Hop } from "../client-address/client-address.js";

/** What is used of a request of `node:http`, Express or Fastify. */
export interface NodeRequest {
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Where a request came from, as its own socket says; what a framework made of it (`req.ip`, `trust proxy`) is not looked at. Ask as the request comes
 * in: when the client has hung up, Node no longer has the address.
 *
 * @example
 * nodeHop({ headers: {}, socket: { remoteAddress: "192.0.2.7" } }).peer; //=> "192.0.2.7"
 */
export function nodeHop({ headers, socket }: NodeRequest): Hop {
  return { peer: socket.remoteAddress, header: (name) => headers[name] };
}
