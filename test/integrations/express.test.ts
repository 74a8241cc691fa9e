import express, { type Request } from "express";
import { loginAttempt, protectLogin, rememberDevice, sendReply, wrongCredential } from "portcullis/express";
import { afterEach, describe, expect, it } from "vitest";
import { createApp } from "../../examples/express-api/server.js";
import { describeAdapter } from "./acceptance-matrix.js";
import { type LoginHost, loginHost } from "./login-host.js";
import { jsonAnswers, jsonServer } from "./matrix-adapter.js";
import { send } from "./raw-http.js";
import { createBrokenApp, createUnguardedApp, listen } from "./servers/express.js";
import type { Listening } from "./servers/listening.js";

describeAdapter("Express 5 (examples/express-api)", {
  ...jsonAnswers,
  start: async (host, listenOn) => jsonServer(await listen(createApp(host.guard, host.address, host), listenOn)),
  startUnguarded: async (host) => jsonServer(await listen(createUnguardedApp(host))),
  startBroken: async (host, attempt, reached) => jsonServer(await listen(createBrokenApp(host, attempt, reached))),
});

describe("Express", () => {
  const running: Listening[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ close }) => close()));
  });
  const start = async (app: express.Express): Promise<number> => {
    const listening = await listen(app);
    running.push(listening);
    return listening.port;
  };
  const protection = ({ guard, address }: LoginHost) => protectLogin<Request>({ guard, address, attempt: () => ({ account: "ann" }) });

  it("whatever `trust proxy` says, the peer is the socket", async () => {
    const host = loginHost();
    const app = express().set("trust proxy", true);
    app.post("/login", protection(host), (req, res) => void res.json({ ip: req.ip }));
    const { body } = await send(await start(app), "/login", { headers: { "X-Forwarded-For": "203.0.113.9" } });
    expect(JSON.parse(body)).toEqual({ ip: "203.0.113.9" });
    expect(host.records[0]?.event.source).toEqual({ ip: "127.0.0.1" });
  });

  it("a handler that `protectLogin` does not stand before finds no attempt, and fails", async () => {
    const app = express();
    app.post("/login", (req, res) => void res.json({ attempt: loginAttempt(req) }));
    expect((await send(await start(app), "/login")).status).toBe(500);
    expect(() => loginAttempt({})).toThrow(TypeError);
  });

  it("standing there twice is misuse: one of the two attempts would stay a failure", async () => {
    const host = loginHost();
    const app = express();
    let reached = 0;
    app.use("/login", protection(host));
    app.post("/login", protection(host), () => reached++);
    expect((await send(await start(app), "/login")).status).toBe(500);
    expect(reached).toBe(0);
  });

  it("a device cookie leaves the cookies that are there", async () => {
    const app = express();
    app.post("/login", (_, res) => {
      res.cookie("session", "1");
      rememberDevice(res, { setCookie: "device=1" });
      rememberDevice(res, { setCookie: undefined });
      res.end();
    });
    expect((await send(await start(app), "/login")).headers.get("set-cookie")).toEqual(["session=1; Path=/", "device=1"]);
  });

  it("a reply is sent as it is, without an entity tag", async () => {
    const app = express();
    app.post("/login", (_, res) => sendReply(res, wrongCredential()));
    const { headers, body } = await send(await start(app), "/login");
    expect(body).toBe(wrongCredential().body);
    expect([...headers.keys()].sort()).toEqual(["cache-control", "connection", "content-length", "content-type", "date", "x-powered-by"]);
  });
});
