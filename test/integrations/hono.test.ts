import { type Context, Hono } from "hono";
import { loginAttempt, protectLogin, rememberDevice } from "portcullis/hono";
import { describe, expect, it, vi } from "vitest";
import { createApp } from "../../examples/hono/server.js";
import { describeAdapter } from "./acceptance-matrix.js";
import { loginHost } from "./login-host.js";
import { jsonAnswers, jsonServer } from "./matrix-adapter.js";
import { createBrokenApp, createUnguardedApp, listen } from "./servers/hono.js";

// Hono prints errors that no `onError` takes
vi.spyOn(console, "error").mockImplementation(() => undefined);

describeAdapter("Hono 4 on Node (examples/hono)", {
  ...jsonAnswers,
  start: async (host, listenOn) => jsonServer(await listen(createApp(host.guard, host.address, host), listenOn)),
  startUnguarded: async (host) => jsonServer(await listen(createUnguardedApp(host))),
  startBroken: async (host, attempt, reached) => jsonServer(await listen(createBrokenApp(host, attempt, reached))),
});

describe("Hono", () => {
  const post = { method: "POST", body: JSON.stringify({ account: "ann", password: "right" }) };

  it("without a server there is no peer to ask, and nobody gets past", async () => {
    const host = loginHost();
    const app = createApp(host.guard, host.address, host);
    expect((await app.request("/login", post)).status).toBe(500);
    expect(host.checked).toEqual([]);
  });

  it("a peer that the runtime gives as `undefined` has no address, and is guarded all the same", async () => {
    const { guard, address, records } = loginHost();
    const app = new Hono();
    app.post("/login", protectLogin({ guard, address, peer: () => undefined, attempt: () => ({ account: "ann" }) }), (c) =>
      c.json({ account: loginAttempt(c)?.account }),
    );
    const response = await app.request("/login", { ...post, headers: { "X-Forwarded-For": "203.0.113.9" } });
    expect(await response.json()).toEqual({ account: "ann" });
    expect(records[0]?.event.source).toEqual({});
  });

  it("stands before the handlers of an application within", async () => {
    const { guard, address } = loginHost();
    const inner = new Hono();
    inner.post("/login", (c) => c.json({ account: loginAttempt(c)?.account }));
    const app = new Hono();
    app.use("/inner/login", protectLogin({ guard, address, peer: () => "192.0.2.7", attempt: () => ({ account: "ann" }) }));
    app.route("/inner", inner);
    expect(await (await app.request("/inner/login", post)).json()).toEqual({ account: "ann" });
  });

  it("standing there twice is misuse: one of the two attempts would stay a failure", async () => {
    const { guard, address } = loginHost();
    const protection = protectLogin<Context>({ guard, address, peer: () => "192.0.2.7", attempt: () => ({ account: "ann" }) });
    const app = new Hono();
    app.post("/login", protection, protection, (c) => c.json({}));
    expect((await app.request("/login", post)).status).toBe(500);
  });

  it("a handler that `protectLogin` does not stand before finds no attempt, and fails", async () => {
    const app = new Hono();
    app.post("/login", (c) => c.json({ attempt: loginAttempt(c) }));
    expect((await app.request("/login", post)).status).toBe(500);
  });

  it("a device cookie leaves the cookies that are there", async () => {
    const app = new Hono();
    app.post("/login", (c) => {
      c.header("Set-Cookie", "session=1");
      rememberDevice(c, { setCookie: "device=1" });
      rememberDevice(c, { setCookie: undefined });
      return c.json({});
    });
    expect((await app.request("/login", post)).headers.getSetCookie()).toEqual(["session=1", "device=1"]);
  });

  it("without `peer` it is not made", () => {
    const { guard, address } = loginHost();
    const options = { guard, address, attempt: () => undefined } as unknown as Parameters<typeof protectLogin>[0];
    expect(() => protectLogin(options)).toThrow(TypeError);
  });
});
