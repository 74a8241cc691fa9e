/**
 * Express 5, and anything else over `node:http` with middleware `(req, res, next)`.
 *
 * @packageDocumentation
 */

import { guardedLogin } from "./login/guarded-login.js";
import { keepAttempt } from "./login/login-attempts.js";
import { type NodeRequest, nodeHop } from "./login/node-hop.js";
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
export { type NodeRequest, nodeHop } from "./login/node-hop.js";
export type { Problem } from "./reply/problem.js";
export type { Reply, ReplyOptions } from "./reply/reply.js";
export { wrongCredential } from "./reply/wrong-credential.js";

/** What is used of a response. */
export interface ExpressResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  appendHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/** How Express logins are protected. */
export type ExpressOptions<Request extends NodeRequest> = AdapterOptions<Request>;

/**
 * Middleware in front of a login handler, behind the one that reads the body. Answers for the guard where that blocks or wants a proof; else the handler
 * finds the attempt by `loginAttempt(req)`. What `attempt` throws goes to `next`.
 *
 * @throws RangeError or TypeError for options that are not what they should be.
 */
export function protectLogin<Request extends NodeRequest>(
  options: ExpressOptions<Request>,
): (req: Request, res: ExpressResponse, next: (error?: unknown) => void) => Promise<void> {
  const login = guardedLogin(options);
  return async (req, res, next) => {
    try {
      const { attempt, reply } = await receiveLogin(login, options, req, nodeHop(req));
      if (reply !== undefined) return sendReply(res, reply);
      keepAttempt(req, attempt);
    } catch (error) {
      return next(error);
    }
    next();
  };
}

/**
 * Sends a reply. Not by `res.send`, which would add an entity tag.
 *
 * @example
 * const sent: string[] = [];
 * const res = { statusCode: 200, setHeader: () => {}, appendHeader: () => {}, end: (body: string) => sent.push(body) };
 * sendReply(res, { status: 401, headers: {}, body: "no" });
 * res.statusCode; //=> 401
 * sent; //=> ["no"]
 */
export function sendReply(res: ExpressResponse, { status, headers, body }: Reply): void {
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.end(body);
}

/** Makes the device familiar, where a conclusion says how: call it with the conclusion of whoever was let in. */
export function rememberDevice(res: ExpressResponse, { setCookie }: { readonly setCookie: string | undefined }): void {
  if (setCookie !== undefined) res.appendHeader("Set-Cookie", setCookie);
}
