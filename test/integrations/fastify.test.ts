import Fastify from "fastify";
import { loginAttempt, protectLogin, rememberDevice } from "portcullis/fastify";
import { describe, expect, it } from "vitest";
import { createServer } from "../../examples/fastify/server.js";
import { describeAdapter } from "./acceptance-matrix.js";
import { loginHost } from "./login-host.js";
import { jsonAnswers, jsonServer } from "./matrix-adapter.js";
import { createBrokenServer, createUnguardedServer, listen } from "./servers/fastify.js";

describeAdapter("Fastify 5 (examples/fastify)", {
  ...jsonAnswers,
  start: async (host, listenOn) => jsonServer(await listen(createServer(host.guard, host.address, host), listenOn)),
  startUnguarded: async (host) => jsonServer(await listen(createUnguardedServer(host))),
  startBroken: async (host, attempt, reached) => jsonServer(await listen(createBrokenServer(host, attempt, reached))),
});

describe("Fastify", () => {
  const post = { method: "POST", url: "/login", payload: { account: "ann", password: "right" } } as const;

  it("whatever `trustProxy` says, the peer is the socket", async () => {
    const { guard, address, records } = loginHost();
    const server = Fastify({ trustProxy: true });
    const preHandler = protectLogin({ guard, address, attempt: () => ({ account: "ann" }) });
    server.post("/login", { preHandler }, async ({ ip }) => ({ ip }));
    const { body } = await server.inject({ ...post, headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(JSON.parse(body)).toEqual({ ip: "203.0.113.9" });
    expect(records[0]?.event.source).toEqual({ ip: "127.0.0.1" });
  });

  it("a request that is injected is guarded like any other", async () => {
    const host = loginHost();
    const server = createServer(host.guard, host.address, host);
    expect((await server.inject(post)).statusCode).toBe(200);
    expect(host.records.map(({ event }) => event.outcome)).toEqual(["pending", "success"]);
  });

  it("a handler that `protectLogin` does not stand before finds no attempt, and fails", async () => {
    const server = Fastify();
    server.post("/login", async (request) => ({ attempt: loginAttempt(request) }));
    expect((await server.inject(post)).statusCode).toBe(500);
  });

  it("a device cookie leaves the cookies that are there", async () => {
    const server = Fastify();
    server.post("/login", async (_, reply) => {
      reply.header("Set-Cookie", "session=1");
      rememberDevice(reply, { setCookie: "device=1" });
      rememberDevice(reply, { setCookie: undefined });
      return {};
    });
    expect((await server.inject(post)).headers["set-cookie"]).toEqual(["session=1", "device=1"]);
  });

  it("standing there twice is misuse: one of the two attempts would stay a failure", async () => {
    const { guard, address } = loginHost();
    const preHandler = protectLogin({ guard, address, attempt: () => ({ account: "ann" }) });
    const server = Fastify();
    server.post("/login", { preHandler: [preHandler, preHandler] }, async () => ({}));
    expect((await server.inject(post)).statusCode).toBe(500);
  });
});
