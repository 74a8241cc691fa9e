import type { AddressInfo } from "node:net";
import passport from "passport";
import { Strategy as LocalStrategy } from "passport-local";
import { afterEach, describe, expect, it } from "vitest";
import { createApp } from "../../examples/passport/app.js";
import { type LoginHost, loginHost } from "../integrations/login-host.js";
import { send } from "../integrations/raw-http.js";
import { jsonLogin } from "./json-login.js";
import { describeLogin, type RunningExample } from "./login-rows.js";
import { memorySessions } from "./passport-session.js";

function start({ guard, address, sessions, checkPassword, checkCode }: LoginHost): Promise<RunningExample> {
  const session = memorySessions((account) => sessions.push(account));
  const app = createApp(guard, address, { checkPassword, checkCode, session });
  return new Promise((resolve, reject) => {
    const server = app.set("env", "test").listen(0, "127.0.0.1", (error) => {
      if (error) return reject(error);
      resolve({ port: (server.address() as AddressInfo).port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });
}

describeLogin("the Passport example", { ...jsonLogin, start });

describe("the Passport example", () => {
  let running: RunningExample | undefined;
  afterEach(() => running?.close());

  it("has a session by Passport for whoever is let in, and for nobody else", async () => {
    running = await start(loginHost());
    const me = async (Cookie: string) => (await send(running!.port, "/me", { method: "GET", headers: { Cookie } })).body;
    const { exchange } = await jsonLogin.login(running.port, { account: "ann", password: "right" });
    const cookie = exchange.headers
      .get("set-cookie")
      ?.find((line) => line.startsWith("session="))
      ?.split(";")[0];
    expect(await me(cookie!)).toBe('{"account":"ann"}');
    expect(await me("session=forged")).toBe('{"account":null}');
  });

  it("looks at no password in the query string, where the strategy would", async () => {
    const host = loginHost();
    running = await start(host);
    const { status } = await send(running.port, "/login?account=ann&password=right", {
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect(status).toBe(400);
    expect(host.checked).toEqual([]);
  });

  it("leaves the attempt of a check that broke a failure, and lets nobody in", async () => {
    const host = loginHost({ whileChecking: () => Promise.reject(new Error("no database")) });
    running = await start(host);
    const { exchange } = await jsonLogin.login(running.port, { account: "ann", password: "right" });
    expect(exchange.status).toBe(500);
    expect(host.records.map(({ event }) => event.outcome)).toEqual(["pending"]);
    expect(host.sessions).toEqual([]);
  });
});

describe("Passport itself", () => {
  it.each([
    [{ account: "ann" }, {}],
    [{ password: "right" }, {}],
    [undefined, {}],
    [{ account: { $ne: "" }, password: "right" }, {}],
  ])("says of %j that credentials are missing, with a 400, and asks nobody", (body, query) => {
    const told: unknown[] = [];
    const strategy = new LocalStrategy({ usernameField: "account" }, () => told.push("asked"));
    new passport.Passport().authenticate(strategy, (...found: unknown[]) => told.push(found))({ body, query }, {}, () => told.push("next"));
    expect(told).toEqual([[null, false, { message: "Missing credentials" }, 400]]);
  });

  it("reads the query string where the body is silent", () => {
    const asked: unknown[] = [];
    const strategy = new LocalStrategy({ usernameField: "account" }, (account, password) => asked.push([account, password]));
    new passport.Passport().authenticate(strategy, () => undefined)(
      { body: {}, query: { account: "ann", password: "right" } },
      {},
      () => undefined,
    );
    expect(asked).toEqual([["ann", "right"]]);
  });
});
