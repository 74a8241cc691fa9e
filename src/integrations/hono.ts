/**
 * Hono 4, on any runtime.
 *
 * @packageDocumentation
 */

import type { Hop } from "./client-address/client-address.js";
import { guardedLogin } from "./login/guarded-login.js";
import { keepAttempt } from "./login/login-attempts.js";
import { type AdapterOptions, receiveLogin } from "./login/receive-login.js";
import type { Reply } from "./reply/reply.js";

export { type ClientAddress, type ClientAddressOptions, clientAddress, type Hop } from "./client-address/client-address.js";
export type { GuardedAttempt, GuardedConclusion, GuardedProof } from "./login/guarded-attempt.js";
export {
  type Begun,
  type GuardedLogin,
  type GuardedLoginOptions,
  guardedLogin,
  type LoginFacts,
  type LoginForm,
} from "./login/guarded-login.js";
export { loginAttempt } from "./login/login-attempts.js";
export type { Problem } from "./reply/problem.js";
export type { Reply, ReplyOptions } from "./reply/reply.js";
export { wrongCredential } from "./reply/wrong-credential.js";

/** What is used of a Hono context. */
export interface HonoContext {
  readonly req: { header(name: string): string | undefined };
  header(name: string, value: string, options: { readonly append: true }): unknown;
}

/** Tells the address of the peer; Hono itself does not know it. On Node: `(c) => getConnInfo(c).remote.address` of `@hono/node-server/conninfo`. */
export type HonoPeer<Context extends HonoContext> = (context: Context) => string | undefined;

/** How Hono logins are protected. */
export interface HonoOptions<Context extends HonoContext> extends AdapterOptions<Context> {
  /** Asked as the request comes in; `undefined` for a Unix socket. What it throws is passed on. */
  readonly peer: HonoPeer<Context>;
}

/**
 * Middleware in front of a login handler. Answers for the guard where that blocks or wants a proof; else the handler finds the attempt by
 * `loginAttempt(c)`. What `attempt` or `peer` throws goes to `onError`.
 *
 * @throws TypeError without `peer`; RangeError or TypeError for other options that are not what they should be.
 */
export function protectLogin<Context extends HonoContext>(
  options: HonoOptions<Context>,
): (c: Context, next: () => Promise<void>) => Promise<Response | undefined> {
  const login = guardedLogin(options);
  const { peer } = options;
  if (typeof peer !== "function") throw new TypeError("expected `peer`: Hono does not know where a request comes from, its runtime does");
  return async (c, next) => {
    const { attempt, reply } = await receiveLogin(login, options, c, honoHop(c, peer));
    if (reply !== undefined) return replyResponse(reply);
    keepAttempt(c, attempt);
    await next();
    return undefined;
  };
}

/** Where a request came from. */
export function honoHop<Context extends HonoContext>(c: Context, peer: HonoPeer<Context>): Hop {
  return { peer: peer(c), header: (name) => c.req.header(name) };
}

/**
 * A reply as a `Response`.
 *
 * @example
 * replyResponse(wrongCredential()).status; //=> 401
 */
export function replyResponse({ status, headers, body }: Reply): Response {
  return new Response(body, { status, headers });
}

/** Makes the device familiar, where a conclusion says how: call it with the conclusion of whoever was let in, before the response is made. */
export function rememberDevice(c: HonoContext, { setCookie }: { readonly setCookie: string | undefined }): void {
  if (setCookie !== undefined) c.header("Set-Cookie", setCookie, { append: true });
}
