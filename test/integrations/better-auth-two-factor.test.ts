import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import { emailOTP, twoFactor } from "better-auth/plugins";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGuard, memoryStore } from "../../src/guard/public.js";
import { createDefaultPolicy, definePolicy, failedProofs, missingMfa } from "../../src/index.js";
import { clientAddress, portcullisPlugin } from "../../src/integrations/better-auth.js";
import { limit } from "./login-host.js";
import type { Exchange } from "./raw-http.js";
import {
  addSecondFactor,
  addUser,
  emptyTables,
  type Person,
  right,
  type Site,
  type SiteOptions,
  startSite,
  type Tables,
  wrongCode,
} from "./servers/better-auth.js";

type Jar = Map<string, string>;

let tables: Tables;
let mia: Person;
const running: Site[] = [];

beforeEach(async () => {
  tables = emptyTables();
  for (const account of ["ann", "mia"]) await addUser(tables, account);
  mia = await addSecondFactor(tables, "mia");
});

afterEach(() => Promise.all(running.splice(0).map((site) => site.close())));

async function start(options: SiteOptions = {}): Promise<Site> {
  const site = await startSite({ tables, ...options });
  running.push(site);
  return site;
}

/** A login by a password that is right, and waits for a code. */
async function pending({ login }: Site, jar: Jar = new Map()): Promise<Jar> {
  const { status, body } = await login("mia", right, { jar });
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ twoFactorRedirect: true, twoFactorMethods: ["totp"] });
  return jar;
}

const enter = ({ ask }: Site, jar: Jar, code: string, more: object = {}): Promise<Exchange> =>
  ask("/two-factor/verify-totp", { json: { code, ...more }, jar });

const hasSession = (jar: Jar): boolean => jar.has("better-auth.session_token");
const kept = (): number => tables.verification!.filter(({ identifier }) => String(identifier).startsWith("portcullis-")).length;

/** A secondary storage of better-auth. */
function storage() {
  const held = new Map<string, string>();
  return {
    get: async (key: string) => held.get(key) ?? null,
    async getAndDelete(key: string) {
      const value = held.get(key) ?? null;
      held.delete(key);
      return value;
    },
    async set(key: string, value: string) {
      held.set(key, value);
    },
    async delete(key: string) {
      held.delete(key);
    },
    async increment(key: string) {
      const next = Number(held.get(key) ?? 0) + 1;
      held.set(key, String(next));
      return next;
    },
  };
}

describe("the order of plugins", () => {
  const guarding = (secrets?: readonly string[]): BetterAuthPlugin =>
    portcullisPlugin({ guard: createGuard(secrets === undefined ? {} : { secrets }), address: clientAddress({ trusted: [] }) });
  const starting = (...plugins: BetterAuthPlugin[]) => betterAuth({ logger: { disabled: true }, plugins }).$context;
  const secrets = ["a secret of the matrix, 32 bytes or more"];

  it("is taken where two-factor comes first, or is not there", async () => {
    await expect(starting(twoFactor(), guarding(secrets))).resolves.toBeDefined();
    await expect(starting(guarding())).resolves.toBeDefined();
  });

  const refused: readonly (readonly [string, () => BetterAuthPlugin[], string])[] = [
    [
      "two-factor behind the guard",
      () => [guarding(secrets), twoFactor()],
      "expected `twoFactor()` before `portcullisPlugin()` in `plugins`",
    ],
    ["two-factor and a guard that cannot sign", () => [twoFactor(), guarding()], "expected a guard with `secrets`"],
    ["two guards", () => [guarding(), guarding()], "expected one `portcullis` plugin"],
    [
      "a two-factor plugin that does not say what it will do",
      () => [{ id: "two-factor" }, guarding(secrets)],
      "expected the two-factor plugin of better-auth 1.7",
    ],
  ];
  it.each(refused)("is refused: %s", async (_, plugins, message) => {
    const refusal = await starting(...plugins()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TypeError);
    expect((refusal as TypeError).message).toContain(message);
  });
});

describe("the acceptance matrix: better-auth 1.7 with its two-factor plugin", () => {
  it("MFA pending: no success, and earlier failures stand", async () => {
    const site = await start();
    for (let n = 0; n < limit - 1; n++) await site.login("mia", "wrong");
    const jar = await pending(site);
    expect(hasSession(jar)).toBe(false);
    expect(jar.has("portcullis_device")).toBe(false);
    expect(site.sessions()).toBe(0);
    expect(site.records.at(-1)).toMatchObject({ phase: "after", event: { outcome: "pending", account: { mfaEnrolled: true } } });
    // the one that waits counts like a failure until it is proven
    expect((await site.login("mia", right)).status).toBe(429);
  });

  it("MFA failed: answered by better-auth, counted, and the login still waits", async () => {
    const site = await start();
    const unguarded = await start({ unguarded: true });
    const jar = await pending(site);
    const own = await pending(unguarded);
    expect((await enter(site, jar, wrongCode(mia))).raw).toBe((await enter(unguarded, own, wrongCode(mia))).raw);
    expect(site.records.at(-1)).toMatchObject({ phase: "proof", event: { kind: "mfa", outcome: "failure", failure: "mfa-failed" } });
    expect(site.sessions()).toBe(0);
    await enter(site, jar, mia.code());
    expect(hasSession(jar)).toBe(true);
  });

  it.each([
    ["an authenticator's", "/two-factor/verify-totp", () => mia.code()],
    ["a backup code", "/two-factor/verify-backup-code", () => mia.backupCodes[0]!],
  ])("MFA passed by a code: %s: let in, with both cookies, and earlier failures are forgiven", async (_, path, code) => {
    const site = await start();
    for (let n = 0; n < limit - 1; n++) await site.login("mia", "wrong");
    const jar = await pending(site);
    expect(kept()).toBe(1);
    await site.ask(path, { json: { code: code() }, jar });
    expect(hasSession(jar)).toBe(true);
    expect(jar.has("portcullis_device")).toBe(true);
    expect(site.sessions()).toBe(1);
    expect(kept()).toBe(0);
    const success = site.records.find(({ event }) => event.kind === "login" && event.outcome === "success");
    expect(success).toMatchObject({
      phase: "proof",
      event: { factors: ["pwd", "otp"], account: { id: "mia@example.org", mfaEnrolled: true } },
    });
    expect(success?.decision.action).toBe("FLAG");
    for (let n = 0; n < limit - 1; n++) await site.login("mia", "wrong");
    expect((await site.login("mia", right)).status).toBe(200);
  });

  it("MFA passed by a code that was sent", async () => {
    let sent = "";
    const sending = twoFactor({
      otpOptions: {
        sendOTP: async ({ otp }) => {
          sent = otp;
        },
      },
    });
    const site = await start({ before: [sending] });
    const jar = new Map<string, string>();
    await site.login("mia", right, { jar });
    await site.ask("/two-factor/send-otp", { json: {}, jar });
    await site.ask("/two-factor/verify-otp", { json: { code: "wrong" }, jar });
    expect(site.ends().at(-1)).toBe("mfa-failed");
    await site.ask("/two-factor/verify-otp", { json: { code: sent }, jar });
    expect(hasSession(jar)).toBe(true);
    expect(site.ends()).toContain("success");
  });

  it("MFA guessed: past the limit a right code is refused like a wrong one", async () => {
    const policy = definePolicy({ id: "proofs", rules: [failedProofs({ blockAt: 3 })] });
    const site = await start({ guard: { policy } });
    const jar = await pending(site);
    const wrong = await enter(site, jar, wrongCode(mia));
    for (let n = 0; n < 2; n++) await enter(site, jar, wrongCode(mia));
    expect((await enter(site, jar, mia.code())).raw).toBe(wrong.raw);
    expect(site.sessions()).toBe(0);
    // better-auth has used its challenge up by then; the limit stands for the next one
    const again = await pending(site);
    expect((await enter(site, again, mia.code())).raw).toBe(wrong.raw);
    expect(site.sessions()).toBe(0);
  });

  it("blocked after the second factor: byte-identical to a wrong code", async () => {
    let status: "active" | "disabled" = "active";
    const site = await start({ plugin: { account: () => ({ status }) } });
    const jar = await pending(site);
    const wrong = await enter(site, jar, wrongCode(mia));
    status = "disabled";
    expect((await enter(site, jar, mia.code())).raw).toBe(wrong.raw);
    expect(site.ends().at(-1)).toBe("refused");
    expect(site.sessions()).toBe(0);
    expect(site.notices.at(-1)?.why).toBe("blocked");
  });

  it("blocked by its password: nobody is asked for a code, and it looks like a bad password", async () => {
    const site = await start({ plugin: { account: () => ({ status: "disabled" }) } });
    expect((await site.login("mia", right)).raw).toBe((await site.login("mia", "wrong")).raw);
  });
});

describe("an attempt that waits", () => {
  it("is taken up in another process with the same secrets and store", async () => {
    const store = memoryStore();
    const first = await start({ guard: { store } });
    const second = await start({ guard: { store } });
    const jar = await pending(first);
    await enter(second, jar, wrongCode(mia));
    expect(second.ends()).toEqual(["mfa-failed"]);
    await enter(second, jar, mia.code());
    expect(hasSession(jar)).toBe(true);
  });

  it("is kept where better-auth keeps its challenges, in a secondary storage too", async () => {
    const site = await start({ settings: { secondaryStorage: storage() } });
    const jar = await pending(site);
    expect(tables.verification).toEqual([]);
    await enter(site, jar, wrongCode(mia));
    expect(site.ends().at(-1)).toBe("mfa-failed");
    await enter(site, jar, mia.code());
    expect(hasSession(jar)).toBe(true);
    expect(site.ends().at(-1)).toBe("success");
  });

  it("hears nothing of a code that somebody else enters, who is signed in and sets a second factor up", async () => {
    const site = await start();
    const jar = await pending(site);
    await site.login("ann", right, { jar });
    await site.ask("/two-factor/enable", { json: { password: right }, jar });
    const seen = site.records.length;
    expect((await enter(site, jar, "000000")).status).toBe(401);
    expect(site.records).toHaveLength(seen);
  });

  it("belongs to its tenant", async () => {
    const site = await start({ plugin: { attempt: () => ({ tenant: "shop" }) } });
    const jar = await pending(site);
    await enter(site, jar, mia.code());
    expect(hasSession(jar)).toBe(true);
    expect(site.records.at(-1)?.event.tenant).toBe("shop");
  });

  it("cannot be left out: a right code without it is refused as a challenge that is unknown", async () => {
    const site = await start();
    const jar = await pending(site);
    tables.verification = tables.verification!.filter(({ identifier }) => !String(identifier).startsWith("portcullis-"));
    const exchange = await enter(site, jar, mia.code());
    expect(exchange.status).toBe(401);
    expect(JSON.parse(exchange.body).code).toBe("INVALID_TWO_FACTOR_COOKIE");
    expect(site.sessions()).toBe(0);
  });

  it("cannot be forged: the signature of better-auth's own cookie is checked before anything is said of it", async () => {
    const site = await start();
    const jar = await pending(site);
    const cookie = jar.get("better-auth.two_factor")!;
    jar.set("better-auth.two_factor", `${decodeURIComponent(cookie).split(".")[0]}.${"A".repeat(43)}=`);
    const before = site.records.length;
    expect((await enter(site, jar, wrongCode(mia))).status).toBe(401);
    expect(site.records).toHaveLength(before);
  });

  it("is not taken up by a guard with other secrets", async () => {
    const site = await start();
    const other = await start({ guard: { secrets: ["another secret, of as many bytes as it takes"] } });
    const jar = await pending(site);
    expect(JSON.parse((await enter(other, jar, mia.code())).body).code).toBe("INVALID_TWO_FACTOR_COOKIE");
    expect(site.sessions()).toBe(0);
  });

  it("is over once it is used", async () => {
    const site = await start();
    const jar = await pending(site);
    const copy = new Map(jar);
    await enter(site, jar, mia.code());
    expect((await enter(site, copy, mia.code())).status).toBe(401);
    expect(site.sessions()).toBe(1);
  });
});

describe("a policy that wants a second factor", () => {
  const wanting = createDefaultPolicy({ missingMfa: { action: "CHALLENGE" } });

  it("is satisfied by the one that better-auth asks for", async () => {
    const site = await start({ guard: { policy: wanting } });
    const jar = await pending(site);
    await enter(site, jar, mia.code());
    expect(hasSession(jar)).toBe(true);
    expect(site.records.at(-1)?.decision.action).toBe("ALLOW");
  });

  it("and would rather block than do without: is satisfied too, for the password alone is not all there will be", async () => {
    const policy = definePolicy({ id: "mfa", rules: [missingMfa({ action: "BLOCK" })] });
    const site = await start({ guard: { policy } });
    const jar = await pending(site);
    await enter(site, jar, mia.code());
    expect(hasSession(jar)).toBe(true);
  });

  it("refuses an account that has none like a bad password, and tells its owner", async () => {
    const site = await start({ guard: { policy: wanting } });
    expect((await site.login("ann", right)).raw).toBe((await site.login("ann", "wrong")).raw);
    expect(site.sessions()).toBe(0);
    expect(site.notices.map(({ account, why }) => [account, why])).toEqual([["ann@example.org", "challenged"]]);
  });
});

describe("a path that better-auth asks for no second factor on", () => {
  let sent = "";
  const codes = emailOTP({
    sendVerificationOTP: async ({ otp }) => {
      sent = otp;
    },
  });
  const byMail = async ({ ask }: Site): Promise<Exchange> => {
    await ask("/email-otp/send-verification-otp", { json: { email: "mia@example.org", type: "sign-in" } });
    return ask("/sign-in/email-otp", { json: { email: "mia@example.org", otp: sent } });
  };

  beforeEach(() => {
    for (const user of tables.user!) user.emailVerified = true;
  });

  it("is judged by what was given, though the account has one", async () => {
    const site = await start({ before: [twoFactor(), codes] });
    expect((await byMail(site)).status).toBe(200);
    expect(site.records.at(-1)?.event).toMatchObject({ outcome: "success", factors: ["otp"], account: { mfaEnrolled: true } });
  });

  it("lets nobody past a policy that wants one", async () => {
    const policy = createDefaultPolicy({ missingMfa: { action: "CHALLENGE" } });
    const site = await start({ before: [twoFactor(), codes], guard: { policy } });
    const { status, body } = await byMail(site);
    expect([status, JSON.parse(body).code]).toEqual([400, "INVALID_OTP"]);
    expect(site.sessions()).toBe(0);
  });
});

describe("a device that better-auth trusts", () => {
  /** Signs in with a code, and has the device trusted. */
  async function trusted(site: Site): Promise<Jar> {
    const jar = await pending(site);
    await enter(site, jar, mia.code(), { trustDevice: true });
    expect(jar.has("better-auth.trust_device")).toBe(true);
    jar.delete("better-auth.session_token");
    return jar;
  }

  it("is let in by its password, and that is a success", async () => {
    const site = await start();
    const jar = await trusted(site);
    const { status, body } = await site.login("mia", right, { jar });
    expect([status, JSON.parse(body).twoFactorRedirect]).toEqual([200, undefined]);
    expect(hasSession(jar)).toBe(true);
    expect(site.records.at(-1)).toMatchObject({ phase: "after", event: { outcome: "success" }, decision: { action: "ALLOW" } });
  });

  it("is asked all the same where the policy challenges", async () => {
    const site = await start({ plugin: { deviceCookie: false } });
    const jar = await trusted(site);
    for (let n = 10; n < 14; n++) for (let m = 0; m < limit; m++) await site.login("mia", "wrong", { from: `127.0.0.${n}` });
    await pending(site, jar);
    expect(hasSession(jar)).toBe(false);
    expect(site.sessions()).toBe(1);
    await enter(site, jar, mia.code());
    expect(hasSession(jar)).toBe(true);
    expect(site.records.at(-1)).toMatchObject({ phase: "proof", event: { outcome: "success", factors: ["pwd", "otp"] } });
  });
});

describe("setting a second factor up", () => {
  it("is no login, though better-auth makes a new session for it", async () => {
    const site = await start();
    const jar = new Map<string, string>();
    await site.login("ann", right, { jar });
    const seen = site.records.length;
    const { body } = await site.ask("/two-factor/enable", { json: { password: right }, jar });
    const secret = new URL(JSON.parse(body).totpURI).searchParams.get("secret")!;
    const { TOTP } = await import("otpauth");
    const session = jar.get("better-auth.session_token");
    expect((await enter(site, jar, "000000")).status).toBe(401);
    expect((await enter(site, jar, new TOTP({ secret }).generate())).status).toBe(200);
    expect(jar.get("better-auth.session_token")).not.toBe(session);
    expect(tables.user!.find(({ email }) => email === "ann@example.org")?.twoFactorEnabled).toBe(true);
    expect((await site.ask("/two-factor/disable", { json: { password: right }, jar })).status).toBe(200);
    expect(site.records).toHaveLength(seen);
  });

  it("at once, without a first code, is none either", async () => {
    const site = await start({ before: [twoFactor({ skipVerificationOnEnable: true })] });
    const jar = new Map<string, string>();
    await site.login("ann", right, { jar });
    const session = jar.get("better-auth.session_token");
    const seen = site.records.length;
    expect((await site.ask("/two-factor/enable", { json: { password: right }, jar })).status).toBe(200);
    expect(jar.get("better-auth.session_token")).not.toBe(session);
    expect(site.records).toHaveLength(seen);
  });
});

describe("a session that nobody holds back although its login waits", () => {
  it("is taken back, and the answer is that to a bad password", async () => {
    // as when the plugin is asked before a user turns the second factor on, and the endpoint read the user after
    const careless = { id: "two-factor", shouldRequireTwoFactor: async () => true } satisfies BetterAuthPlugin & Record<string, unknown>;
    const additionalFields = { twoFactorEnabled: { type: "boolean", required: false } } as const;
    const seen: unknown[] = [];
    const watching = createAuthMiddleware(async ({ context }) => {
      seen.push(context.newSession);
    });
    const watcher: BetterAuthPlugin = { id: "watcher", hooks: { after: [{ matcher: () => true, handler: watching }] } };
    const site = await start({ before: [careless], after: [watcher], settings: { user: { additionalFields } } });
    const wrong = await site.login("mia", "wrong");
    expect((await site.login("mia", right)).raw).toBe(wrong.raw);
    expect(site.sessions()).toBe(0);
    expect(seen).toEqual([null, null]);
  });
});
