import { generateKeyPairSync } from "node:crypto";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createInteractions } from "../../examples/oidc-provider/interactions.js";
import { createProvider, twoFactors } from "../../examples/oidc-provider/provider.js";
import { type LoginHost, loginHost } from "../integrations/login-host.js";
import { send } from "../integrations/raw-http.js";
import { describeLogin, handleIn, type RunningExample } from "./login-rows.js";
import { issuer, oidcBrowser, redirectUri } from "./oidc-browser.js";

const client = (client_id: string) => ({
  client_id,
  token_endpoint_auth_method: "none",
  redirect_uris: [redirectUri],
  response_types: ["code"],
  grant_types: ["authorization_code"],
});
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const jwks = { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] };

// it says of every default that it is one
beforeEach(() => {
  for (const method of ["info", "warn"] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** Who has arrived at a client is told to the host that the server is for. */
const hosts = new Map<number, LoginHost>();

function start(host: LoginHost): Promise<RunningExample> {
  const provider = createProvider(issuer, ["bank"], {
    clients: [client("shop"), client("bank")],
    jwks,
    cookies: { keys: ["a key for tests"] },
  });
  const app = express()
    .set("env", "test")
    .use(createInteractions(provider, host.guard, host.address, host))
    .use(provider.callback());
  return new Promise((resolve, reject) => {
    const server = app.listen(0, "127.0.0.1", (error) => {
      if (error) return reject(error);
      const { port } = server.address() as AddressInfo;
      hosts.set(port, host);
      resolve({ port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });
}

describeLogin("the oidc-provider example", {
  start,
  async login(port, form, via) {
    const browser = oidcBrowser(port, via);
    await browser.authorize("shop");
    const noteSession = async (exchange: Awaited<ReturnType<typeof browser.post>>) => {
      if (exchange.status !== 303) return exchange;
      const arrived = await browser.follow(exchange);
      if ("idToken" in arrived) hosts.get(port)?.sessions.push(arrived.idToken.sub);
      return exchange;
    };
    const exchange = await noteSession(await browser.post("login", form));
    return { exchange, code: async (code, handle = handleIn(exchange)) => noteSession(await browser.post("code", { handle, code })) };
  },
  isAdmitted: ({ status, headers }) => status === 303 && /^http:\/\/login\.example\/auth\/[\w-]+$/.test(headers.get("location")?.[0] ?? ""),
  malformed: [{}, { account: "ann" }, { account: "", password: "right" }, { account: ["ann", "bob"], password: "right" }],
});

describe("the oidc-provider example", () => {
  let running: RunningExample | undefined;
  afterEach(() => running?.close());
  const open = async () => {
    const host = loginHost();
    running = await start(host);
    return { host, browser: oidcBrowser(running.port), port: running.port };
  };

  it("tells the client by what somebody was let in", async () => {
    const { browser } = await open();
    await browser.authorize("shop");
    const asked = await browser.post("login", { account: "mia", password: "right" });
    const arrived = await browser.follow(await browser.post("code", { handle: handleIn(asked), code: "123456" }));
    expect(arrived).toMatchObject({ idToken: { sub: "mia", amr: ["pwd", "otp", "mfa"], acr: twoFactors } });
  });

  it("asks again where a client wants two factors and the session was made with one", async () => {
    const { browser, host } = await open();
    await browser.authorize("shop");
    const first = await browser.follow(await browser.post("login", { account: "ann", password: "right" }));
    expect(first).toMatchObject({ idToken: { sub: "ann", amr: ["pwd"] } });
    expect(first).not.toHaveProperty("idToken.acr");
    // the session is good enough for the shop
    expect(await browser.authorize("shop")).toMatchObject({ idToken: { sub: "ann" } });

    expect(await browser.authorize("bank")).toHaveProperty("form");
    const asked = await browser.post("login", { account: "ann", password: "right" });
    expect(asked.status).toBe(401);
    const arrived = await browser.follow(await browser.post("code", { handle: handleIn(asked), code: "123456" }));
    expect(arrived).toMatchObject({ idToken: { sub: "ann", amr: ["pwd", "otp", "mfa"], acr: twoFactors } });
    expect(await browser.authorize("bank")).toMatchObject({ idToken: { sub: "ann" } });
    expect(host.records.at(-1)).toMatchObject({ phase: "proof", event: { outcome: "success" } });
  });

  it("says login_required where it may not ask", async () => {
    const { browser } = await open();
    await browser.authorize("shop");
    await browser.follow(await browser.post("login", { account: "ann", password: "right" }));
    await expect(browser.authorize("bank", { prompt: "none" })).rejects.toThrow("error=login_required");
  });

  it("leaves the form good for another try, and what the client is told to the last one", async () => {
    const { browser } = await open();
    await browser.authorize("shop");
    expect(await browser.post("login", { account: "bob", password: "wrong" })).toMatchObject({ status: 401 });
    expect(await browser.follow(await browser.post("login", { account: "ann", password: "right" }))).toMatchObject({
      idToken: { sub: "ann" },
    });
  });

  it("asks for both at once where nobody is signed in yet", async () => {
    const { browser } = await open();
    await browser.authorize("bank");
    const asked = await browser.post("login", { account: "ann", password: "right" });
    expect(handleIn(asked)).not.toBe("");
  });

  it("looks at no password where no client waits for a login", async () => {
    const { host, port } = await open();
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const { status } = await send(port, "/interaction/made-up/login", { headers, body: "account=ann&password=right" });
    expect(status).toBe(400);
    expect([host.checked, host.records]).toEqual([[], []]);
  });
});
