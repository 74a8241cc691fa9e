/**
 * Fastify 5.
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

/** What is used of a Fastify reply. */
export interface FastifyAnswer {
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body: string): unknown;
}

/** How Fastify logins are protected. */
export type FastifyOptions<Request extends NodeRequest> = AdapterOptions<Request>;

/**
 * A `preHandler` hook in front of a login handler: earlier hooks have no body yet. Answers for the guard where that blocks or wants a proof; else the
 * handler finds the attempt by `loginAttempt(request)`. What `attempt` throws goes to the error handler.
 *
 * @throws RangeError or TypeError for options that are not what they should be.
 */
export function protectLogin<Request extends NodeRequest>(
  options: FastifyOptions<Request>,
): (request: Request, answer: FastifyAnswer) => Promise<unknown> {
  const login = guardedLogin(options);
  return async (request, answer) => {
    const { attempt, reply } = await receiveLogin(login, options, request, nodeHop(request));
    if (reply !== undefined) return sendReply(answer, reply);
    keepAttempt(request, attempt);
    return undefined;
  };
}

/** Sends a reply, and gives what an async handler or hook is to return. */
export function sendReply<Answer extends FastifyAnswer>(answer: Answer, { status, headers, body }: Reply): Answer {
  answer.code(status);
  for (const [name, value] of Object.entries(headers)) answer.header(name, value);
  answer.send(body);
  return answer;
}

/** Makes the device familiar, where a conclusion says how: call it with the conclusion of whoever was let in. */
export function rememberDevice(answer: FastifyAnswer, { setCookie }: { readonly setCookie: string | undefined }): void {
  if (setCookie !== undefined) answer.header("Set-Cookie", setCookie);
}
