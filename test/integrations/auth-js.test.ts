import { type AuthJsOptions, guardAuthorize } from "portcullis/auth-js";
import { describe, expect, it, vi } from "vitest";
import { createAuth } from "../../examples/auth-js/auth.js";
import { createDefaultPolicy } from "../../src/index.js";
import { clientAddress } from "../../src/integrations/client-address/client-address.js";
import { describeAdapter } from "./acceptance-matrix.js";
import { authJsServer } from "./auth-js-server.js";
import { authJsWithout } from "./auth-js-without.js";
import { limit, loginHost } from "./login-host.js";
import { authConfig, createBrokenAuth, createUnguardedAuth, serverOf } from "./servers/auth-js.js";
import { listen } from "./servers/hono.js";

describeAdapter("Auth.js 0.41, Credentials (examples/auth-js)", {
  start: async ({ guard, address, ...application }, listenOn) =>
    authJsServer(await listen(serverOf(createAuth(guard, address, application, authConfig)), listenOn)),
  startUnguarded: async (host) => authJsServer(await listen(serverOf(createUnguardedAuth(host)))),
  startBroken: async (host, attempt, reached) => authJsServer(await listen(serverOf(createBrokenAuth(host, attempt, reached)))),
  isAdmitted: ({ headers }) => headers.get("set-cookie")?.some((line) => line.startsWith("authjs.session-token=")) === true,
  // the session itself is encrypted anew each time
  comparable: ({ raw }) => raw.replace(/(authjs\.session-token=)[^;]+(.*Expires=)[^;]+/g, "$1*$2*"),
  answers: "none",
  without: authJsWithout,
});

describe("authorize", () => {
  const request = (headers: Record<string, string> = {}) => new Request("https://login.example/auth", { headers });
  const right = { ok: true, factors: ["pwd"], account: { status: "active", type: "human" }, user: { id: "ann" } } as const;
  const authorizeOf = (options: Partial<AuthJsOptions<{ id: string }, Request>> = {}, host = loginHost()) => ({
    ...host,
    authorize: guardAuthorize({
      guard: host.guard,
      address: host.address,
      attempt: ({ account }) => ({ account: String(account) }),
      check: async () => right,
      ...options,
    }),
  });
  const forwarded = { "X-Forwarded-For": "198.51.100.7, 192.0.2.66" };
  const behindProxy = clientAddress({ trusted: ["unix"], header: "x-forwarded-for" });

  it.each<readonly [string, Partial<AuthJsOptions<{ id: string }, Request>>, object]>([
    ["without a statement it has no address: nothing is guessed from headers", {}, {}],
    ["`unix` says that only one's own proxy reaches the process: what that wrote", { address: behindProxy }, { ip: "192.0.2.66" }],
    ["a peer that the host knows", { peer: () => "203.0.113.5" }, { ip: "203.0.113.5" }],
    ["a peer that is no proxy, though `unix` is", { address: behindProxy, peer: () => "203.0.113.5" }, { ip: "203.0.113.5" }],
  ])("%s", async (_, options, source) => {
    const { authorize, records } = authorizeOf(options);
    expect(await authorize({ account: "ann" }, request(forwarded))).toEqual({ id: "ann" });
    expect(records[0]?.event.source).toEqual(source);
  });

  it.each<readonly [string, AuthJsOptions<{ id: string }, Request>["check"]]>([
    ["a wrong password", async () => ({ ok: false, failure: "wrong-password" })],
    ["a right one of a disabled account", async () => ({ ...right, account: { status: "disabled" } })],
    ["one that is to be challenged", async () => ({ ...right, account: { privileged: true } })],
  ])("%s gives nobody, and no cookie", async (_, check) => {
    const policy = createDefaultPolicy({ missingMfa: { privilegedAction: "CHALLENGE" } });
    const rememberDevice = vi.fn();
    const { authorize } = authorizeOf({ check, rememberDevice }, loginHost({ policy }));
    expect(await authorize({ account: "ann" }, request())).toBeNull();
    expect(rememberDevice).not.toHaveBeenCalled();
  });

  it("all factors at once satisfy a challenge", async () => {
    const policy = createDefaultPolicy({ missingMfa: { privilegedAction: "CHALLENGE" } });
    const check = async () => ({ ...right, factors: ["pwd", "otp"], account: { privileged: true } });
    const { authorize } = authorizeOf({ check }, loginHost({ policy }));
    expect(await authorize({ account: "ann" }, request())).toEqual({ id: "ann" });
  });

  it("a check that throws is passed on, and stays a failure", async () => {
    let isDown = true;
    const check = vi.fn(async () => {
      if (isDown) throw new Error("the database is down");
      return right;
    });
    const { authorize } = authorizeOf({ check });
    for (let n = 0; n < limit; n++) await expect(authorize({ account: "ann" }, request())).rejects.toThrow("the database is down");
    isDown = false;
    expect(await authorize({ account: "ann" }, request())).toBeNull();
    expect(check).toHaveBeenCalledTimes(limit);
  });

  it("hands on the device cookie with the request", async () => {
    const rememberDevice = vi.fn();
    const { authorize } = authorizeOf({ rememberDevice });
    const asked = request();
    await authorize({ account: "ann" }, asked);
    expect(rememberDevice).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^portcullis_device=/), asked);
  });
});
