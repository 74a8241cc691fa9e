import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { APIError } from "better-auth/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clientAddress } from "../../src/integrations/client-address/client-address.js";
import type { LoginStore } from "../../src/stores/store.js";
import { limit } from "./login-host.js";
import type { Exchange } from "./raw-http.js";
import {
  type Asking,
  addSecondFactor,
  addUser,
  emptyTables,
  right,
  type Site,
  type SiteOptions,
  startSite,
  type Tables,
} from "./servers/better-auth.js";

// the rows of `acceptance-matrix.ts` in better-auth's own manner: it answers with `code` and `message`, checks passwords itself and makes its own sessions

/** The answer to a wrong password, by an account and an address that nothing else touches. */
const wrongAnswer = ({ login }: Site): Promise<Exchange> => login("somebody-else", "wrong", { from: "127.0.0.99" });

const fail = async ({ login }: Site, times: number, account = "ann", asking: Asking = {}): Promise<void> => {
  for (let n = 0; n < times; n++) await login(account, "wrong", asking);
};

const isAdmitted = ({ status, headers }: Exchange): boolean =>
  status === 200 && headers.get("set-cookie")?.some((line) => line.startsWith("better-auth.session_token=")) === true;

function expectThrottled({ status, headers, body }: Exchange): void {
  expect(status).toBe(429);
  const [seconds] = headers.get("retry-after") ?? [];
  expect(Number(seconds)).toBeGreaterThan(0);
  expect(Number(seconds) % 30).toBe(0);
  expect(headers.has("set-cookie")).toBe(false);
  expect(JSON.parse(body)).toEqual({
    code: "TOO_MANY_ATTEMPTS",
    message: "Signing in did not work. Check your details, or try again later.",
  });
}

/** A store that is not there. */
const down: LoginStore = {
  name: "down",
  exchange: () => Promise.reject(new Error("connection refused")),
  compact: () => Promise.reject(new Error("connection refused")),
  journalsOf: () => Promise.reject(new Error("connection refused")),
  forget: () => Promise.reject(new Error("connection refused")),
};

/** Whether this machine has sockets that take IPv4 and IPv6. */
const hasDualStack = await new Promise<boolean>((resolve) => {
  const server = createServer();
  server.on("error", () => resolve(false));
  server.listen(0, "::", () => server.close(() => resolve(true)));
});

let tables: Tables;
const running: Site[] = [];

beforeEach(async () => {
  tables = emptyTables();
  for (const account of ["ann", "bob", "mia"]) await addUser(tables, account);
  // banned by the admin plugin, which is not there: only the guard knows
  await addUser(tables, "dora", { banned: true });
});

afterEach(() => Promise.all(running.splice(0).map((site) => site.close())));

async function start(options: SiteOptions = {}): Promise<Site> {
  const site = await startSite({
    tables,
    ...options,
    settings: { user: { additionalFields: { banned: { type: "boolean", required: false } } }, ...options.settings },
  });
  running.push(site);
  return site;
}

describe("the acceptance matrix: better-auth 1.7", () => {
  it("a good password: let in, with a session and a device cookie", async () => {
    const site = await start();
    const exchange = await site.login("ann", right);
    expect(isAdmitted(exchange)).toBe(true);
    const device = exchange.headers.get("set-cookie")?.filter((line) => line.startsWith("portcullis_device="));
    expect(device).toEqual([
      expect.stringMatching(/^portcullis_device=[\w.~-]+; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect(site.sessions()).toBe(1);
    expect(site.records.map(({ phase, event }) => [phase, event.outcome])).toEqual([
      ["before", "pending"],
      ["after", "success"],
    ]);
    expect(site.records[1]!.event).toMatchObject({
      account: { id: "ann@example.org", type: "human", status: "active", mfaEnrolled: false },
      factors: ["pwd"],
      source: { ip: "127.0.0.1" },
    });
  });

  it("a bad password: refused and counted", async () => {
    const site = await start();
    const unguarded = await start({ unguarded: true });
    const exchange = await site.login("ann", "wrong");
    expect(exchange.raw).toBe((await unguarded.login("ann", "wrong")).raw);
    expect(exchange.status).toBe(401);
    expect(JSON.parse(exchange.body).code).toBe("INVALID_EMAIL_OR_PASSWORD");
    expect(site.sessions()).toBe(0);
    expect(site.ends()).toEqual(["pending", "wrong-password"]);
  });

  it("an unknown account: byte-identical to a bad password, and counted like one", async () => {
    const site = await start();
    const wrong = await wrongAnswer(site);
    expect((await site.login("ann", "wrong")).raw).toBe(wrong.raw);
    expect((await site.login("nobody", right)).raw).toBe(wrong.raw);
    expect(site.ends().at(-1)).toBe("unknown-account");
    await fail(site, limit - 1, "nobody");
    expectThrottled(await site.login("nobody", right));
  });

  it.each([
    ["nothing", {}],
    ["no password", { email: "ann@example.org" }],
    ["an account that is no text", { email: 7, password: right }],
    ["an operator for an account", { email: { $ne: "" }, password: right }],
    ["a list of accounts", { email: ["ann@example.org"], password: right }],
    ["a list of passwords", { email: "ann@example.org", password: [right] }],
    ["an option that is none", { email: "ann@example.org", password: right, rememberMe: "perhaps" }],
    ["a password that is too long", { email: "ann@example.org", password: "x".repeat(200) }],
  ])("a malformed form: counts nothing, and no credential is looked at: %s", async (_, json) => {
    const site = await start();
    for (let n = 0; n <= limit; n++) expect((await site.ask("/sign-in/email", { json })).status).toBe(400);
    expect(site.checked).toEqual([]);
    expect(site.records.filter(({ phase }) => phase === "after")).toEqual([]);
    expect(isAdmitted(await site.login("ann", right))).toBe(true);
    expect(site.records.at(-1)?.decision.verdicts.map(({ rule }) => rule)).toEqual(["missing-mfa"]);
  });

  it("a form that another site had sent: counts nothing, so that nobody locks a visitor out", async () => {
    const site = await start();
    const headers = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };
    for (let n = 0; n <= limit; n++) expect((await site.login("ann", "wrong", { headers })).status).toBe(403);
    expect(site.checked).toEqual([]);
    expect(isAdmitted(await site.login("ann", right))).toBe(true);
  });

  it("blocked before the check, by a limit: 429 with Retry-After, the same for known and unknown accounts", async () => {
    const site = await start();
    await fail(site, limit, "ann");
    await fail(site, limit, "nobody");
    const checked = site.checked.length;
    const known = await site.login("ann", right);
    expectThrottled(known);
    expect((await site.login("nobody", right)).raw).toBe(known.raw);
    expect(site.checked).toHaveLength(checked);
    expect(site.sessions()).toBe(0);
  });

  it("blocked before the check, by a list: byte-identical to a bad password", async () => {
    const site = await start();
    const wrong = await wrongAnswer(site);
    const checked = site.checked.length;
    for (const account of ["ann", "nobody"]) expect((await site.login(account, right, { from: "127.0.0.66" })).raw).toBe(wrong.raw);
    expect(site.checked).toHaveLength(checked);
    expect(site.records.at(-1)?.decision.verdicts[0]?.rule).toBe("malicious-ip");
  });

  it("blocked after the check: byte-identical to a bad password in status, headers, cookies, body and sessions", async () => {
    const site = await start();
    const wrong = await wrongAnswer(site);
    const blocked = await site.login("dora", right);
    expect(site.checked.at(-1)).toBe(right);
    expect(site.ends().at(-1)).toBe("refused");
    expect(blocked.raw).toBe(wrong.raw);
    expect((await site.login("dora", "wrong")).raw).toBe(wrong.raw);
    expect(site.sessions()).toBe(0);
    expect(site.notices.map(({ account, why }) => [account, why])).toEqual([["dora@example.org", "blocked"]]);
  });

  it("blocked after the check: counts as a bad password does, so that no counter tells that it was right", async () => {
    const site = await start();
    const wrong = await wrongAnswer(site);
    for (let n = 0; n < limit; n++) expect((await site.login("dora", right)).raw).toBe(wrong.raw);
    expectThrottled(await site.login("dora", right));
  });

  it("100 parallel guesses: exactly the limit is checked", async () => {
    const site = await start({ whileChecking: () => sleep(50) });
    const wrong = await wrongAnswer(site);
    site.checked.splice(0);
    const exchanges = await Promise.all(Array.from({ length: 100 }, (_, n) => site.login("ann", `guess ${n}`)));
    expect(site.checked).toHaveLength(limit);
    expect(exchanges.filter(({ raw }) => raw === wrong.raw)).toHaveLength(limit);
    expect(exchanges.filter(({ status }) => status === 429)).toHaveLength(100 - limit);
    expectThrottled(await site.login("ann", right));
  });

  it("a client that hangs up during the check: a failure, though nobody hears of it", async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const site = await start({ whileChecking: () => held });
    for (let n = 1; n <= limit; n++) {
      const socket = site.openLogin("ann", "wrong");
      await vi.waitFor(() => expect(site.checked).toHaveLength(n));
      socket.destroy();
    }
    await sleep(50);
    const concluded = () => site.records.filter(({ phase }) => phase === "after");
    expect(concluded()).toEqual([]);
    letGo();
    await vi.waitFor(() => expect(concluded()).toHaveLength(limit));
    for (const { event } of concluded()) expect(event.failure).toBe("wrong-password");
    expectThrottled(await site.login("ann", right));
  });

  it("a check that gives up with its client: never concluded, and a failure all the same", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const site = await start({ whileChecking: () => Promise.reject(new Error("the client is gone")) });
    for (let n = 0; n < limit; n++) expect((await site.login("ann", right)).status).toBe(500);
    expect(site.records.filter(({ phase }) => phase === "after")).toEqual([]);
    expectThrottled(await site.login("ann", right));
    expect(site.checked).toHaveLength(limit);
  });

  it.each([new Error("the form cannot be read"), undefined, null, "route"])(
    "a form that cannot be read: an error in the framework's own way, and nobody gets past: %s",
    async (thrown) => {
      vi.spyOn(console, "error").mockImplementation(() => undefined);
      const site = await start({ plugin: { attempt: () => Promise.reject(thrown) } });
      const exchange = await site.login("ann", right);
      expect(exchange.status).toBe(500);
      expect([site.checked, site.records]).toEqual([[], []]);
      expect(site.sessions()).toBe(0);
    },
  );

  describe("a login from server code, without a request: guarded, counted apart from every address", () => {
    const body = { email: "ann@example.org", password: right };
    const guess = { ...body, password: "wrong" };

    it("by better-auth's own name for an error", async () => {
      const site = await start();
      expect((await site.auth.api.signInEmail({ body })).user.email).toBe("ann@example.org");
      expect(site.records.at(-1)?.event).toMatchObject({ outcome: "success", source: {} });
      for (let n = 0; n < limit; n++) {
        await expect(site.auth.api.signInEmail({ body: guess })).rejects.toMatchObject({
          statusCode: 401,
          body: { code: "INVALID_EMAIL_OR_PASSWORD" },
        });
      }
      await expect(site.auth.api.signInEmail({ body })).rejects.toMatchObject({
        name: "APIError",
        status: "TOO_MANY_REQUESTS",
        statusCode: 429,
        body: { code: "TOO_MANY_ATTEMPTS" },
        headers: { "Retry-After": expect.stringMatching(/^\d+$/) },
      });
      expect(isAdmitted(await site.login("ann", right))).toBe(true);
    });

    it("as an instance of the application's APIError, where it is given, before the check and after", async () => {
      const site = await start({ plugin: { APIError } });
      const dora = { email: "dora@example.org", password: right };
      const errors: unknown[] = [];
      for (let n = 0; n <= limit; n++) errors.push(await site.auth.api.signInEmail({ body: dora }).catch((error: unknown) => error));
      expect(errors.map((error) => error instanceof APIError && error.statusCode)).toEqual([...Array<number>(limit).fill(401), 429]);
      const wrong: unknown = await site.auth.api.signInEmail({ body: guess }).catch((error: unknown) => error);
      const { stack: _, ...told } = errors[0] as APIError;
      const { stack: __, ...alike } = wrong as APIError;
      expect(told).toEqual(alike);
    });

    it("with the headers of a request, from where they say", async () => {
      const address = clientAddress({ trusted: ["unix"], header: "x-forwarded-for" });
      const site = await start({ plugin: { address } });
      const headers = new Headers({ "x-forwarded-for": "203.0.113.9, 198.51.100.7", "user-agent": "curl" });
      await site.auth.api.signInEmail({ body, headers });
      expect(site.records.at(-1)?.event).toMatchObject({ source: { ip: "198.51.100.7" }, client: { userAgent: "curl" } });
    });
  });

  it("an account under fire from everywhere: strangers are refused, a familiar device is let in", async () => {
    const site = await start();
    const wrong = await wrongAnswer(site);
    const jar = new Map<string, string>();
    await site.login("ann", right, { jar });
    expect(isAdmitted(await site.login("ann", right, { jar }))).toBe(true);
    const devices = site.records.map(({ event }) => event.client?.deviceId);
    expect(devices.at(-1)).toMatch(/^[\w-]{36}$/);
    for (let n = 10; n < 14; n++) await fail(site, limit, "ann", { from: `127.0.0.${n}` });
    expect((await site.login("ann", right, { from: "127.0.0.20" })).raw).toBe(wrong.raw);
    expect(site.notices.map(({ account, why }) => [account, why])).toEqual([["ann@example.org", "challenged"]]);
    const token = jar.get("portcullis_device")!;
    jar.set("portcullis_device", `${token}x`);
    expect((await site.login("ann", right, { from: "127.0.0.20", jar })).raw).toBe(wrong.raw);
    jar.set("portcullis_device", token);
    expect(isAdmitted(await site.login("ann", right, { from: "127.0.0.20", jar }))).toBe(true);
    expect(site.records.at(-1)?.event.client?.deviceId).toBe(devices.at(-1));
    expect((await site.login("bob", "wrong", { jar })).raw).toBe(wrong.raw);
  });

  describe("a spoofed X-Forwarded-For", () => {
    const forwarded = (value: string): Asking => ({ headers: { "X-Forwarded-For": value } });

    it("no trusted proxy: the socket counts, and nothing else", async () => {
      const site = await start();
      for (let n = 0; n < limit; n++) await fail(site, 1, "ann", forwarded(`203.0.113.${n}`));
      expect(new Set(site.records.map(({ event }) => event.source.ip))).toEqual(new Set(["127.0.0.1"]));
      expectThrottled(await site.login("ann", right, forwarded("203.0.113.200")));
      expect(isAdmitted(await site.login("ann", right, { from: "127.0.0.2", ...forwarded("203.0.113.0") }))).toBe(true);
    });

    it("behind a trusted proxy: what the proxy wrote counts, whatever stands before it", async () => {
      const site = await start({ plugin: { address: clientAddress({ trusted: ["127.0.0.1"], header: "x-forwarded-for" }) } });
      for (let n = 0; n < limit; n++) await fail(site, 1, "ann", forwarded(`203.0.113.${n}, 198.51.100.7`));
      expect(new Set(site.records.map(({ event }) => event.source.ip))).toEqual(new Set(["198.51.100.7"]));
      expectThrottled(await site.login("ann", right, forwarded("203.0.113.200, 198.51.100.7")));
      expect(isAdmitted(await site.login("ann", right, forwarded("198.51.100.7, 198.51.100.8")))).toBe(true);
      await site.login("ann", right, { from: "127.0.0.2", ...forwarded("198.51.100.7") });
      expect(site.records.at(-1)?.event.source.ip).toBe("127.0.0.2");
    });

    it("IPv4 written as IPv6 in a header is the IPv4 address", async () => {
      const site = await start({ plugin: { address: clientAddress({ trusted: ["127.0.0.1"], header: "x-forwarded-for" }) } });
      for (let n = 0; n < limit; n++) await fail(site, 1, "ann", forwarded(n % 2 ? "::ffff:192.0.2.1" : "192.0.2.1"));
      for (const spelling of ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201"])
        expectThrottled(await site.login("ann", right, forwarded(spelling)));
      expect(isAdmitted(await site.login("ann", right, forwarded("192.0.2.2")))).toBe(true);
    });

    it("without a peer nothing is guessed: there is no address", async () => {
      const site = await start({ plugin: { peer: () => undefined } });
      await site.login("ann", right, forwarded("203.0.113.7"));
      expect(site.records.at(-1)?.event.source).toEqual({});
    });
  });

  it.skipIf(!hasDualStack)(
    `an IPv4 client on an IPv6 socket is the same client as on an IPv4 socket${hasDualStack ? "" : " (this machine has no IPv6)"}`,
    async () => {
      const site = await start({ listenOn: "::" });
      await fail(site, limit);
      expect(new Set(site.records.map(({ event }) => event.source.ip))).toEqual(new Set(["127.0.0.1"]));
      expectThrottled(await site.login("ann", right));
      expect(isAdmitted(await site.login("ann", right, { to: "::1" }))).toBe(true);
    },
  );

  describe("store down", () => {
    const startDown = (onStoreFailure: "allow" | "challenge" | "block" | "local", plugin: SiteOptions["plugin"] = {}) =>
      start({ guard: { store: down, onStoreFailure }, plugin });

    it("allow: passwords alone decide, and nobody counts", async () => {
      const site = await startDown("allow");
      const wrong = await wrongAnswer(site);
      for (let n = 0; n <= limit; n++) expect((await site.login("ann", "wrong")).raw).toBe(wrong.raw);
      expect(isAdmitted(await site.login("ann", right))).toBe(true);
      expect(site.records.at(-1)?.decision.degraded).toMatchObject([{ kind: "store-failure", did: "ABSTAIN" }]);
    });

    it("challenge, with a captcha: a proof is wanted first, and no password is looked at", async () => {
      const site = await startDown("challenge", { captcha: () => false });
      const asked = await site.login("ann", right);
      expect(asked.status).toBe(401);
      expect(JSON.parse(asked.body)).toEqual({
        code: "PROOF_WANTED",
        message: "One more step is needed to sign in.",
        require: ["captcha"],
      });
      expect((await site.login("nobody", "wrong")).raw).toBe(asked.raw);
      expect(site.checked).toEqual([]);
    });

    it("challenge, with neither captcha nor second factor: byte-identical to a bad password", async () => {
      const site = await startDown("challenge");
      expect((await site.login("ann", right)).raw).toBe((await wrongAnswer(site)).raw);
      expect(site.sessions()).toBe(0);
    });

    it("block: byte-identical to a bad password, and no password is looked at", async () => {
      const wrong = await wrongAnswer(await start());
      const site = await startDown("block");
      for (const account of ["ann", "nobody"]) expect((await site.login(account, right)).raw).toBe(wrong.raw);
      expect(site.checked).toEqual([]);
      expect(site.sessions()).toBe(0);
    });

    it("local: this process counts by itself", async () => {
      const site = await startDown("local");
      expect(isAdmitted(await site.login("ann", right))).toBe(true);
      await fail(site, limit);
      expectThrottled(await site.login("ann", right));
      expect(site.records.at(-1)?.decision.degraded).toMatchObject([{ kind: "store-failure", did: "ABSTAIN" }]);
    });
  });

  it("shadow mode: every response is byte-identical to that of the unguarded application", async () => {
    await addSecondFactor(tables, "mia");
    const site = await start({ guard: { mode: "shadow" }, plugin: { deviceCookie: false } });
    const unguarded = await start({ unguarded: true });
    /** All but what better-auth itself draws by lot. */
    const comparable = ({ raw }: Exchange) => raw.replace(/(better-auth\.[a-z_]+=|"token":")[^";]+/g, "$1*");
    const requests: readonly (readonly [string, string, Asking?])[] = [
      ["ann", right],
      ["ann", "wrong"],
      ["nobody", "wrong"],
      ["mia", right],
      ...Array.from({ length: 2 * limit }, () => ["ann", "wrong"] as const),
      ["ann", right],
      ["dora", right],
      ["ann", right, { from: "127.0.0.66" }],
    ];
    for (const request of requests) expect(comparable(await site.login(...request))).toBe(comparable(await unguarded.login(...request)));
    expect(site.checked).toEqual(unguarded.checked);
    const seen = site.records.flatMap(({ decision }) => decision.shadow.map(({ rule }) => rule));
    expect(new Set(seen)).toEqual(new Set(["missing-mfa", "failed-attempts", "disabled-account", "malicious-ip"]));
  });
});

describe("a captcha", () => {
  const solved = { headers: { "X-Captcha": "solved" } };
  const captcha = ({ headers }: { readonly headers: Headers | undefined }) => headers?.get("x-captcha") === "solved";

  it("is asked for before the check where the policy wants one, and lets a right password in", async () => {
    const site = await start({ plugin: { captcha } });
    for (let n = 10; n < 14; n++) await fail(site, limit, "ann", { from: `127.0.0.${n}` });
    const checked = site.checked.length;
    for (let n = 0; n <= limit; n++) expect(JSON.parse((await site.login("ann", right)).body).code).toBe("PROOF_WANTED");
    expect(site.checked).toHaveLength(checked);
    expect(isAdmitted(await site.login("ann", right, solved))).toBe(true);
  });

  it("is not asked for otherwise", async () => {
    const site = await start({ plugin: { captcha } });
    expect(isAdmitted(await site.login("ann", right))).toBe(true);
  });
});

describe("explicit", () => {
  it("tells which rules block, before the check and after it", async () => {
    const site = await start({ plugin: { explicit: true } });
    const told = async (...[account, asking]: [string, Asking?]) => {
      const { status, body, headers } = await site.login(account, right, asking);
      return [status, JSON.parse(body).code, JSON.parse(body).rules, headers.has("retry-after")];
    };
    expect(await told("dora")).toEqual([403, "BLOCKED", ["disabled-account"], false]);
    expect(await told("ann", { from: "127.0.0.66" })).toEqual([403, "BLOCKED", ["malicious-ip"], false]);
    await fail(site, limit);
    expect(await told("ann")).toEqual([429, "BLOCKED", ["failed-attempts"], true]);
  });
});

describe("what the application adds", () => {
  it("facts of an attempt and of a user stand in the event, over better-auth's own", async () => {
    const site = await start({
      plugin: {
        attempt: ({ path, account, body }) => ({
          tenant: "shop",
          source: { country: "NZ" },
          client: { browser: `${path} ${account} ${Object.keys(body as object).join()}` },
        }),
        account: ({ email }) => ({ privileged: email === "ann@example.org" }),
      },
    });
    await site.login("ann", right, { headers: { "User-Agent": "curl" } });
    expect(site.records.at(-1)?.event).toMatchObject({
      tenant: "shop",
      source: { ip: "127.0.0.1", country: "NZ" },
      client: { browser: "/sign-in/email ann@example.org email,password", userAgent: "curl" },
      account: { privileged: true, status: "active", type: "human" },
    });
  });

  it.each([
    ["`false` sets no device cookie", { deviceCookie: false } as const, undefined],
    ["a name of one's own", { deviceCookie: "device", deviceWithin: { days: 1 } }, /^device=[\w.~-]+; Max-Age=86400;/],
  ])("deviceCookie: %s", async (_, plugin, expected) => {
    const site = await start({ plugin });
    const device = (await site.login("ann", right)).headers.get("set-cookie")?.find((line) => !line.startsWith("better-auth."));
    expect(device).toEqual(expected === undefined ? undefined : expect.stringMatching(expected));
  });

  it("a guard without secrets sets no device cookie", async () => {
    const site = await start({ unsigned: true, before: [] });
    expect((await site.login("ann", right)).headers.get("set-cookie")).toHaveLength(1);
  });
});
