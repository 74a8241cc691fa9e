import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { protectLogin, sendReply, wrongCredential } from "portcullis/fastify";
import type { LoginHost } from "../login-host.js";
import type { Listening } from "./listening.js";

/** The server of the example without a guard. */
export function createUnguardedServer(application: LoginHost): FastifyInstance {
  const server = Fastify();
  server.post("/login", async (request, reply) => {
    const { account, password } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof account !== "string" || account === "" || typeof password !== "string" || password === "")
      return reply.code(400).send({ error: "expected an account and a password" });
    const result = await application.checkPassword(account, password);
    if (!result.ok) return sendReply(reply, wrongCredential());
    return reply.header("Set-Cookie", application.startSession(account)).send({ account });
  });
  return server;
}

/** One whose form cannot be read. */
export function createBrokenServer({ guard, address }: LoginHost, attempt: () => Promise<undefined>, reached: () => void): FastifyInstance {
  const server = Fastify();
  const preHandler = protectLogin<FastifyRequest>({ guard, address, attempt });
  server.post("/login", { preHandler }, async (_: FastifyRequest, reply: FastifyReply) => {
    reached();
    return reply.send({});
  });
  return server;
}

/** Waits until it listens. */
export async function listen(server: FastifyInstance, host = "127.0.0.1"): Promise<Listening> {
  await server.listen({ port: 0, host });
  return { port: (server.server.address() as AddressInfo).port, close: () => server.close() };
}
