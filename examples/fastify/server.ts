import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import {
  type ClientAddress,
  type GuardedConclusion,
  guardedLogin,
  type LoginForm,
  loginAttempt,
  nodeHop,
  protectLogin,
  rememberDevice,
  sendReply,
} from "portcullis/fastify";
import type { CredentialResult, Guard } from "portcullis/guard";

/** What your application has already. */
export interface Application {
  readonly checkPassword: (account: string, password: string) => Promise<CredentialResult>;
  readonly checkCode: (account: string, code: string) => Promise<boolean>;
  /** The account that a mailed link is for. */
  readonly readLink: (link: string) => Promise<string | undefined>;
  /** Gives the cookie of a new session. */
  readonly startSession: (account: string) => string;
}

/** A server with a guarded login. */
export function createServer(guard: Guard, address: ClientAddress, application: Application): FastifyInstance {
  const server = Fastify();
  const login = guardedLogin({ guard, address });

  const attempt = (request: FastifyRequest): LoginForm | undefined => {
    const { account, password } = fieldsOf(request);
    return account && password ? { account } : undefined;
  };

  const letIn = (reply: FastifyReply, account: string, conclusion: GuardedConclusion): FastifyReply => {
    rememberDevice(reply, conclusion);
    return reply.header("Set-Cookie", application.startSession(account)).send({ account });
  };

  server.post("/login", { preHandler: protectLogin({ guard, address, attempt }) }, async (request, reply) => {
    const attempt = loginAttempt(request);
    if (attempt === undefined) return reply.code(400).send({ error: "expected an account and a password" });
    const { password = "" } = fieldsOf(request);
    const conclusion = await attempt.conclude(await application.checkPassword(attempt.account, password));
    return conclusion.admitted ? letIn(reply, attempt.account, conclusion) : sendReply(reply, conclusion.reply);
  });

  // the second step of a login that `conclude` found to be waiting for a further factor
  server.post("/login/code", async (request, reply) => {
    const { handle, code = "" } = fieldsOf(request);
    const resumed = await login.resume(handle, { hop: nodeHop(request) });
    if (resumed.attempt === undefined) return sendReply(reply, resumed.reply);
    const { account } = resumed.attempt;
    const isRight = await application.checkCode(account, code);
    const conclusion = await resumed.attempt.proof(isRight ? { ok: true, factors: ["otp"] } : { ok: false, failure: "mfa-failed" });
    return conclusion.admitted ? letIn(reply, account, conclusion) : sendReply(reply, conclusion.reply);
  });

  // a login that is proven before anyone can ask: one call
  server.post("/login/link", async (request, reply) => {
    const hop = nodeHop(request);
    const account = await application.readLink(fieldsOf(request).link ?? "");
    if (account === undefined) return reply.code(400).send({ error: "the link is not valid any more" });
    const conclusion = await login.judge({ hop, account }, { ok: true, factors: ["pop"] });
    return conclusion.admitted ? letIn(reply, account, conclusion) : sendReply(reply, conclusion.reply);
  });

  return server;
}

/** The text fields of a body; anything may be sent in their place. */
function fieldsOf({ body }: FastifyRequest): { readonly [name: string]: string | undefined } {
  return Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => typeof value === "string"));
}
