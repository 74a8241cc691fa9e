import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint, createAuthMiddleware } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import {
  admin,
  anonymous,
  bearer,
  deviceAuthorization,
  emailOTP,
  genericOAuth,
  magicLink,
  phoneNumber,
  username,
} from "better-auth/plugins";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { betterAuthPaths } from "../../../src/integrations/better-auth/paths.js";
import { limit } from "../login-host.js";
import type { Exchange } from "../raw-http.js";
import { addUser, emptyTables, right, type Site, type SiteOptions, startSite, type Tables } from "../servers/better-auth.js";

let tables: Tables;
const running: Site[] = [];
const listed = "127.0.0.66";
const phone = "+6421555012";

beforeEach(async () => {
  tables = emptyTables();
  await addUser(tables, "ann", {
    username: "ann",
    displayUsername: "ann",
    phoneNumber: phone,
    phoneNumberVerified: true,
    emailVerified: true,
  });
});

afterEach(() => Promise.all(running.splice(0).map((site) => site.close())));

async function start(options: SiteOptions): Promise<Site> {
  const site = await startSite({ tables, ...options });
  running.push(site);
  return site;
}

/** What the plugins send out. */
let sent = "";

interface GuessedPath {
  readonly plugin: BetterAuthPlugin;
  /** Has a code sent, where there is one. */
  readonly prepare?: (site: Site) => Promise<unknown>;
  readonly form: (credential: string) => object;
  readonly account: string;
  readonly factors: readonly string[];
}

const sendCode = async ({ otp }: { readonly otp: string }): Promise<void> => {
  sent = otp;
};

const guessed: Readonly<Record<string, GuessedPath>> = {
  "/sign-in/username": {
    plugin: username(),
    form: (password) => ({ username: "ann", password }),
    account: "ann",
    factors: ["pwd"],
  },
  "/sign-in/phone-number": {
    plugin: phoneNumber({ sendOTP: ({ code }) => sendCode({ otp: code }) }),
    form: (password) => ({ phoneNumber: phone, password }),
    account: phone,
    factors: ["pwd"],
  },
  "/sign-in/email-otp": {
    plugin: emailOTP({ sendVerificationOTP: sendCode }),
    prepare: ({ ask }) => ask("/email-otp/send-verification-otp", { json: { email: "ann@example.org", type: "sign-in" } }),
    form: (otp) => ({ email: "ann@example.org", otp }),
    account: "ann@example.org",
    factors: ["otp"],
  },
  "/email-otp/verify-email": {
    plugin: emailOTP({ sendVerificationOTP: sendCode }),
    prepare: ({ ask }) => ask("/email-otp/send-verification-otp", { json: { email: "ann@example.org", type: "email-verification" } }),
    form: (otp) => ({ email: "ann@example.org", otp }),
    account: "ann@example.org",
    factors: ["otp"],
  },
  "/phone-number/verify": {
    plugin: phoneNumber({ sendOTP: ({ code }) => sendCode({ otp: code }) }),
    prepare: ({ ask }) => ask("/phone-number/send-otp", { json: { phoneNumber: phone } }),
    form: (code) => ({ phoneNumber: phone, code }),
    account: phone,
    factors: ["sms"],
  },
};

describe("a path that something is guessed on", () => {
  const cases = Object.entries(guessed);
  const settings = { emailVerification: { autoSignInAfterVerification: true } };

  it("is each that better-auth has, with the one of passwords and e-mail addresses", () => {
    const checking = Object.entries(betterAuthPaths).flatMap(([path, { is }]) => (is === "credential-check" ? [path] : []));
    expect(checking.sort()).toEqual([...Object.keys(guessed), "/sign-in/email"].sort());
  });

  it.each(cases)("%s: let in, with a session and a device cookie", async (path, { plugin, prepare, form, account, factors }) => {
    const site = await start({ before: [plugin], settings });
    sent = right;
    await prepare?.(site);
    const { status, headers } = await site.ask(path, { json: form(sent) });
    expect(status).toBe(200);
    expect(headers.get("set-cookie")?.map((line) => line.split("=")[0])).toEqual(["better-auth.session_token", "portcullis_device"]);
    expect(site.sessions()).toBe(1);
    expect(site.records.at(-1)?.event).toMatchObject({ outcome: "success", account: { id: account }, factors });
  });

  it.each(cases)("%s: a wrong one is counted, and past the limit none is looked at", async (path, { plugin, prepare, form }) => {
    const site = await start({ before: [plugin], settings });
    sent = right;
    for (let n = 0; n < limit; n++) {
      await prepare?.(site);
      expect([400, 401]).toContain((await site.ask(path, { json: form("000000") })).status);
    }
    expect(site.ends().filter((end) => end === "wrong-password")).toHaveLength(limit);
    await prepare?.(site);
    expect((await site.ask(path, { json: form(sent) })).status).toBe(429);
    expect(site.sessions()).toBe(0);
  });

  it.each(cases)("%s: blocked before the check and after it is byte-identical to a wrong one", async (path, { plugin, prepare, form }) => {
    const site = await start({ before: [plugin], settings, plugin: { account: () => ({ status: "disabled" }) } });
    sent = right;
    await prepare?.(site);
    const wrong = await site.ask(path, { json: form("000000") });
    expect((await site.ask(path, { json: form(sent), from: listed })).raw).toBe(wrong.raw);
    expect((await site.ask(path, { json: form(sent) })).raw).toBe(wrong.raw);
    expect(site.ends().at(-1)).toBe("refused");
    expect(site.sessions()).toBe(0);
  });

  it.each(cases)("%s: a malformed form counts nothing", async (path, { plugin, form }) => {
    const site = await start({ before: [plugin], settings });
    for (const name of Object.keys(form(""))) await site.ask(path, { json: { ...form("000000"), [name]: 7 } });
    expect(site.records).toEqual([]);
  });
});

describe("a right code that makes no session", () => {
  it("is no login, and no failure: a telephone number that is only confirmed", async () => {
    const site = await start({ before: [phoneNumber({ sendOTP: ({ code }) => sendCode({ otp: code }) })] });
    for (let n = 0; n <= limit; n++) {
      await site.ask("/phone-number/send-otp", { json: { phoneNumber: phone } });
      const { status } = await site.ask("/phone-number/verify", { json: { phoneNumber: phone, code: sent, disableSession: true } });
      expect(status).toBe(200);
    }
    expect(site.records.filter(({ phase }) => phase === "after")).toEqual([]);
    expect((await site.login("ann", right)).status).toBe(200);
  });
});

describe("an account that may not be used", () => {
  it("counts whatever the password: an address that is not verified", async () => {
    const settings = { emailAndPassword: { enabled: true, requireEmailVerification: true } };
    const site = await start({ settings });
    tables.user![0]!.emailVerified = false;
    for (let n = 0; n < limit; n++) expect((await site.login("ann", right)).status).toBe(403);
    expect(site.ends().filter((end) => end === "disabled")).toHaveLength(limit);
    expect((await site.login("ann", right)).status).toBe(429);
  });

  it("counts nothing where better-auth itself broke down", async () => {
    const broken: BetterAuthPlugin = {
      id: "broken",
      init: () => ({
        options: {
          databaseHooks: {
            session: {
              create: {
                before: async () => {
                  throw new APIError("INTERNAL_SERVER_ERROR", { message: "out of order" });
                },
              },
            },
          },
        },
      }),
    };
    const site = await start({ before: [broken] });
    for (let n = 0; n <= limit; n++) expect((await site.login("ann", right)).status).toBe(500);
    expect(site.ends().filter((end) => end === "error")).toHaveLength(limit + 1);
  });
});

describe("the path that is proven already (magic link, OAuth): judged in one call, blocked like a bad password", () => {
  const link = magicLink({
    sendMagicLink: async ({ token }) => {
      sent = token;
    },
  });
  const mail = ({ ask }: Site) => ask("/sign-in/magic-link", { json: { email: "ann@example.org" } });
  const verify = "/magic-link/verify?callbackURL=/home&token=";

  it("a magic link", async () => {
    const site = await start({ before: [link] });
    await mail(site);
    const jar = new Map<string, string>();
    const { headers } = await site.ask(verify + sent, { jar });
    expect(headers.get("location")).toEqual(["http://auth.example/home"]);
    expect([...jar.keys()]).toEqual(["better-auth.session_token", "portcullis_device"]);
    expect(site.records.map(({ phase, event }) => [phase, event.outcome, event.account.id])).toEqual([
      ["before", "pending", "ann@example.org"],
      ["after", "success", "ann@example.org"],
    ]);
  });

  it.each([
    ["back to the page", verify],
    ["to a page for errors", "/magic-link/verify?callbackURL=/home&errorCallbackURL=/sorry%3Ffrom%3Dlink&token="],
    ["to the start", "/magic-link/verify?token="],
  ])("a magic link that is blocked is byte-identical to one that is worn out, and sends the browser %s", async (_, path) => {
    const site = await start({ before: [link] });
    const worn = await site.ask(`${path}nothing`);
    expect(worn.status).toBe(302);
    await mail(site);
    expect((await site.ask(path + sent, { from: listed })).raw).toBe(worn.raw);
    expect(site.sessions()).toBe(0);
    expect(site.records.at(-1)?.decision.verdicts[0]?.rule).toBe("malicious-ip");
  });

  it("an account with somebody else: blocked, the browser goes back with an error", async () => {
    const provider = genericOAuth({
      config: [
        {
          providerId: "idp",
          clientId: "client",
          clientSecret: "secret",
          authorizationUrl: "https://idp.example/authorize",
          getToken: async () => ({ accessToken: "token" }),
          getUserInfo: async () => ({ id: "1", email: "ann@example.org", name: "Ann", emailVerified: true }),
        } as Parameters<typeof genericOAuth>[0]["config"][number],
      ],
    });
    const site = await start({
      before: [provider],
      settings: { account: { accountLinking: { enabled: true, trustedProviders: ["idp"] } } },
    });
    const come = async (from: string): Promise<Exchange> => {
      const jar = new Map<string, string>();
      const { body } = await site.ask("/sign-in/social", {
        json: { provider: "idp", callbackURL: "/home", errorCallbackURL: "/sorry" },
        jar,
      });
      const state = new URL(JSON.parse(body).url).searchParams.get("state");
      return site.ask(`/callback/idp?code=code&state=${state}`, { jar, from });
    };
    const blocked = await come(listed);
    expect(blocked.status).toBe(302);
    const location = new URL(blocked.headers.get("location")![0]!, "http://auth.example");
    expect([location.pathname, location.searchParams.get("error")]).toEqual(["/sorry", "SIGN_IN_REFUSED"]);
    expect(site.sessions()).toBe(0);
    const admitted = await come("127.0.0.1");
    expect(admitted.headers.get("location")).toEqual(["/home"]);
    expect(admitted.headers.get("set-cookie")?.some((line) => line.startsWith("better-auth.session_token="))).toBe(true);
    expect(site.records.at(-1)?.event).toMatchObject({ outcome: "success", account: { id: "ann@example.org" } });
  });

  it("a device that was allowed elsewhere: refused as OAuth says it", async () => {
    const site = await start({
      before: [deviceAuthorization({ expiresIn: "5m", interval: "0s" }) as BetterAuthPlugin],
      tables: { ...tables, deviceCode: [] },
    });
    const jar = new Map<string, string>();
    await site.login("ann", right, { jar });
    const { device_code, user_code } = JSON.parse((await site.ask("/device/code", { json: { client_id: "tv" } })).body);
    await site.ask(`/device?user_code=${user_code}`, { jar });
    await site.ask("/device/approve", { json: { userCode: user_code }, jar });
    const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    const { status, body } = await site.ask("/device/token", { json: { grant_type, device_code, client_id: "tv" }, from: listed });
    expect([status, JSON.parse(body).error]).toEqual([400, "access_denied"]);
    expect(site.sessions()).toBe(1);
  });

  it("a path that nobody knows is judged too, unless it is said what it does", async () => {
    const path = "/visitor/enter";
    const visitor = {
      id: "visitor",
      endpoints: {
        enter: createAuthEndpoint(path, { method: "POST", body: z.object({}) }, async (ctx) => {
          const { id } = tables.user![0] as { id: string };
          const session = await ctx.context.internalAdapter.createSession(id);
          const user = await ctx.context.internalAdapter.findUserById(id);
          await setSessionCookie(ctx, { session, user: user! });
          return ctx.json({});
        }),
      },
    } satisfies BetterAuthPlugin;
    const judging = await start({ before: [visitor] });
    const { status, body } = await judging.ask(path, { json: {}, from: listed });
    expect([status, JSON.parse(body)]).toEqual([
      401,
      { code: "SIGN_IN_REFUSED", message: "Signing in did not work. Check your details, or try again later." },
    ]);
    expect(judging.sessions()).toBe(0);
    const told = await start({ before: [visitor], plugin: { paths: { [path]: { is: "no-login" } } } });
    expect((await told.ask(path, { json: {}, from: listed })).status).toBe(200);
    expect(told.records).toEqual([]);
    const factors = await start({ before: [visitor], plugin: { paths: { [path]: { is: "proven-elsewhere", factors: ["hwk"] } } } });
    await factors.ask(path, { json: {} });
    expect(factors.records.at(-1)?.event.factors).toEqual(["hwk"]);
  });
});

describe("what makes a session and is no login", () => {
  it("signing up", async () => {
    const site = await start({ settings: { emailAndPassword: { enabled: true, autoSignIn: true } } });
    const { status } = await site.ask("/sign-up/email", { json: { email: "eve@example.org", password: right, name: "Eve" }, from: listed });
    expect(status).toBe(200);
    expect(site.sessions()).toBe(1);
    expect(site.records).toEqual([]);
  });

  it("changing one's password", async () => {
    const site = await start({});
    const jar = new Map<string, string>();
    await site.login("ann", right, { jar });
    const seen = site.records.length;
    const json = { currentPassword: right, newPassword: "another password", revokeOtherSessions: true };
    expect((await site.ask("/change-password", { json, jar })).status).toBe(200);
    expect(site.records).toHaveLength(seen);
  });

  it("the application's own code, outside any endpoint", async () => {
    const site = await start({});
    const context = await site.auth.$context;
    await context.internalAdapter.createSession((tables.user![0] as { id: string }).id);
    expect(site.sessions()).toBe(1);
    expect(site.records).toEqual([]);
  });
});

describe("beside other plugins", () => {
  it("a hook that changes the request, as better-auth's own pages show it, loses no attempt", async () => {
    const before = createAuthMiddleware(async (ctx) => {
      if (ctx.path !== "/sign-in/email") return;
      return { context: { ...ctx, body: { ...ctx.body, email: ctx.body.email.toLowerCase() } } };
    });
    const site = await start({ settings: { hooks: { before } } });
    await site.login("ANN", right);
    expect(site.records.map(({ event }) => event.outcome)).toEqual(["pending", "success"]);
    expect(new Set(site.records.map(({ event }) => event.id)).size).toBe(1);
    await site.login("ANN", "wrong");
    expect(site.ends()).toEqual(["pending", "success", "pending", "wrong-password"]);
  });

  it("a session that a hook behind the guard keeps from being made leaves no device cookie", async () => {
    const databaseHooks = { session: { create: { before: async () => false as const } } };
    const site = await start({ settings: { databaseHooks } });
    const { status, headers } = await site.login("ann", right);
    expect([status, headers.has("set-cookie"), site.sessions()]).toEqual([401, false, 0]);
  });

  it.each([
    ["for good", undefined, 401],
    ["until tomorrow", 86_400_000, 401],
    ["until yesterday", -86_400_000, 200],
  ])("a user whom the admin plugin banned %s: the guard answers, as to a bad password", async (_, until, status) => {
    const site = await start({ after: [admin() as BetterAuthPlugin] });
    Object.assign(tables.user![0]!, { banned: true, banExpires: until === undefined ? null : new Date(Date.now() + until) });
    const exchange = await site.login("ann", right);
    expect(exchange.status).toBe(status);
    if (status === 401) expect(exchange.raw).toBe((await site.login("ann", "wrong")).raw);
  });

  it("somebody whom an administrator impersonates does not log in", async () => {
    await addUser(tables, "root", { role: "admin" });
    const site = await start({ after: [admin() as BetterAuthPlugin] });
    const jar = new Map<string, string>();
    await site.login("root", right, { jar });
    const seen = site.records.length;
    const userId = tables.user!.find(({ email }) => email === "ann@example.org")?.id;
    expect((await site.ask("/admin/impersonate-user", { json: { userId }, jar })).status).toBe(200);
    expect(site.sessions()).toBe(2);
    expect(site.records).toHaveLength(seen);
  });

  it("an anonymous visitor has no account to log in to", async () => {
    const site = await start({ before: [anonymous() as BetterAuthPlugin] });
    expect((await site.ask("/sign-in/anonymous", { json: {}, from: listed })).status).toBe(200);
    expect(site.records).toEqual([]);
  });

  it("bearer tokens go out with a session that is let in, and with none that is not", async () => {
    const site = await start({ before: [bearer()] });
    expect((await site.login("ann", right)).headers.has("set-auth-token")).toBe(true);
    expect((await site.login("ann", right, { from: listed })).headers.has("set-auth-token")).toBe(false);
  });
});
