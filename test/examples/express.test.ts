import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticator, newTotpSecret } from "../../examples/express/second-factor.js";
import { type RunningServer, startServer } from "../../examples/express/server.js";
import { readSettings } from "../../examples/express/settings.js";
import { removeKeys } from "../support/remove-keys.js";
import { noPostgres, noRedis, postgresUrl, redisUrl } from "../support/services.js";
import { type Browser, openBrowser, type Page } from "./browser.js";

const password = "correct horse battery staple";

const prefix = `test-${randomUUID()}:`;
const schema = `test_${randomUUID().replaceAll("-", "")}`;

const inPostgres = async (statement: string): Promise<void> => {
  const client = new pg.Client(postgresUrl);
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

interface Place {
  readonly store: string;
  readonly environment: { readonly [name: string]: string };
  readonly reason: string | undefined;
  readonly prepare: () => Promise<void>;
  readonly clear: () => Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

describe.each<Place>([
  { store: "memory", environment: {}, reason: undefined, prepare: nothing, clear: nothing },
  {
    store: "redis",
    environment: { REDIS_URL: redisUrl, REDIS_PREFIX: prefix },
    reason: noRedis,
    prepare: nothing,
    clear: () => removeKeys(prefix),
  },
  {
    store: "postgres",
    environment: { DATABASE_URL: `${postgresUrl}?options=${encodeURIComponent(`-c search_path=${schema}`)}` },
    reason: noPostgres,
    prepare: () => inPostgres(`create schema ${schema}`),
    clear: () => inPostgres(`drop schema ${schema} cascade`),
  },
])("the Express example on $store", ({ store, environment, reason, prepare, clear }) => {
  describe.skipIf(reason)(reason === undefined ? "from the form to the page behind it" : `skipped: ${reason}`, () => {
    const totpSecret = newTotpSecret();
    const names = ["ben", "bob", "bea", "pam", "kim", "max", "eve"];
    const people = names.map((id) => ({ id, mail: `${id}@example.org`, password }));
    const accounts = [
      { id: "ann", mail: "ann@example.org", password, totpSecret },
      { id: "cleo", mail: "cleo@example.org", password, status: "disabled" as const },
      ...people,
    ];
    const lines: string[] = [];
    const mails: { readonly to: string; readonly text: string }[] = [];
    const secrets: string[] = [password];
    let server: RunningServer;

    beforeAll(async () => {
      await prepare();
      server = await startServer(readSettings({ PORT: "0", SITE_URL: "http://127.0.0.1", ...environment }), {
        accounts,
        writeLine: (line) => lines.push(line),
        sendMail: (to, text) => mails.push({ to, text }),
        // a thousandth of what a password is worth: this is about what is counted, not about scrypt
        passwordCost: { N: 2 ** 7, r: 8, p: 1 },
      });
    });
    afterAll(async () => {
      await server.close();
      await clear();
    });

    const from = (address: string, options: { headers?: Record<string, string>; cookies?: ReadonlyMap<string, string> } = {}): Browser =>
      openBrowser({ port: server.port, from: address, ...options });
    const signIn = (browser: Browser, account: string, typed = password): Promise<Page> =>
      browser.post("/login", { account, password: typed });
    const guess = (address: string, account: string, times: number): Promise<Page[]> =>
      Promise.all(Array.from({ length: times }, (_, i) => signIn(from(address), account, `guess ${i}`)));

    it("remembers where it was told to", () => expect(server.store).toBe(store));

    it("shows a form without scripts, in a page that lets nothing in", async () => {
      const { status, headers, body } = await from("127.0.0.1").get("/login");
      expect(status).toBe(200);
      expect(body).toContain('<form method="post" action="/login">');
      expect(body).not.toMatch(/<script|<style|style=|\son\w+=/);
      expect(headers["content-security-policy"]).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
    });

    it("answers a wrong password, an account that is not there and a right password that is blocked byte for byte alike", async () => {
      const answers = [
        await signIn(from("127.0.0.2"), "ben", "wrong"),
        await signIn(from("127.0.0.2"), "nobody", "wrong"),
        await signIn(from("127.0.0.2"), "cleo", "wrong"),
        await signIn(from("127.0.0.2"), "cleo"),
      ];
      const [first, ...others] = answers.map(withoutDate);
      expect(first).toMatchObject({ status: 401 });
      for (const other of others) expect(other).toEqual(first);
      expect(logged(lines, "owner-notice")).toContainEqual(expect.objectContaining({ account: "cleo", why: "blocked" }));
      expect(logged(lines, "session").filter(({ account }) => account === "cleo")).toEqual([]);
    });

    it("lets the right password in, and out again", async () => {
      const browser = from("127.0.0.3");
      expect(await browser.get("/")).toMatchObject({ status: 303, headers: { location: "/login" } });
      expect(await signIn(browser, " Ben ")).toMatchObject({ status: 303, headers: { location: "/" } });
      expect((await browser.get("/")).body).toContain("signed in as <strong>ben</strong>");
      const stolen = from("127.0.0.3", { cookies: new Map(browser.cookies) });
      expect(await browser.post("/logout", {})).toMatchObject({ status: 303 });
      expect(await browser.get("/")).toMatchObject({ status: 303 });
      expect(await stolen.get("/")).toMatchObject({ status: 303 });
    });

    it("asks whoever has an authenticator app for its code, and takes each code once", async () => {
      const totp = authenticator("ann", totpSecret);
      const browser = from("127.0.0.4");
      const asked = await signIn(browser, "ann");
      expect(asked).toMatchObject({ status: 401 });
      expect(browser.cookies.size).toBe(0);
      const handle = handleIn(asked);
      const code = totp.generate();
      const wrong = code === "000000" ? "000001" : "000000";
      const refused = await browser.post("/login/code", { handle, code: wrong });
      expect(refused).toMatchObject({ status: 401 });
      expect(handleIn(refused)).toBe(handle);
      expect(await browser.post("/login/code", { handle, code })).toMatchObject({ status: 303, headers: { location: "/" } });
      expect((await browser.get("/")).body).toContain("<strong>ann</strong>");

      const again = from("127.0.0.4");
      const other = handleIn(await signIn(again, "ann"));
      expect(await again.post("/login/code", { handle: other, code })).toMatchObject({ status: 401 });
      expect(again.cookies.size).toBe(0);
      secrets.push(handle, other);
    });

    it.each([
      ["forged", "bm90aGluZw.c2lnbmVk"],
      ["missing", ""],
      ["markup", '"><script>'],
    ])("answers a handle that is %s as a wrong password", async (_, handle) => {
      const wrong = withoutDate(await signIn(from("127.0.0.2"), "ben", "wrong"));
      expect(withoutDate(await from("127.0.0.2").post("/login/code", { handle, code: "123456" }))).toEqual(wrong);
    });

    it("counts no form that is incomplete, and says so", async () => {
      for (let i = 0; i < 11; i++) {
        expect(await from("127.0.0.6").post("/login", { account: "bob", password: "" })).toMatchObject({ status: 400 });
      }
      expect(await signIn(from("127.0.0.6"), "bob")).toMatchObject({ status: 303 });
    });

    it.each([
      ["another site, by Fetch Metadata", { "Sec-Fetch-Site": "cross-site", Origin: "https://example.net" }],
      ["a neighbour, by Fetch Metadata", { "Sec-Fetch-Site": "same-site" }],
      ["another site, by its origin", { Origin: "https://example.net" }],
      ["nowhere", { Origin: "null" }],
    ])("refuses a form that came from %s", async (_, headers) => {
      expect(await signIn(from("127.0.0.7", { headers }), "bea")).toMatchObject({ status: 403 });
      expect(logged(lines, "decision").filter(({ account }) => account === "bea")).toEqual([]);
    });

    it("looks at ten passwords of forty guessed in parallel, and then at no right one; the same for an account that is not there", async () => {
      const [known, unknown] = [await guess("127.0.0.8", "pam", 40), await guess("127.0.0.8", "no-pam", 40)];
      for (const answers of [known, unknown]) {
        expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
        expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
      }
      expect(checksOf(lines, "pam")).toBe(10);
      const late = [await signIn(from("127.0.0.8"), "pam"), await signIn(from("127.0.0.8"), "no-pam")];
      for (const { status, headers } of late) {
        expect(status).toBe(429);
        expect(Number(headers["retry-after"]) % 30).toBe(0);
        expect(Number(headers["retry-after"])).toBeGreaterThan(0);
      }
      expect(withoutDate(late[0]!)).toEqual(withoutDate(late[1]!));
      expect(checksOf(lines, "pam")).toBe(10);
      expect(logged(lines, "detection")).toContainEqual(
        expect.objectContaining({ detector: "brute-force", subject: expect.objectContaining({ account: "pam" }) }),
      );
      expect(logged(lines, "lock").filter(({ account }) => account === "pam")).toHaveLength(1);
    });

    it("keeps the owner in on a device that signed in once, from the very address that guesses at the account", async () => {
      const owner = from("127.0.0.9");
      expect(await signIn(owner, "kim")).toMatchObject({ status: 303 });
      secrets.push(...owner.cookies.values());
      await guess("127.0.0.9", "kim", 12);
      expect(await signIn(from("127.0.0.9"), "kim")).toMatchObject({ status: 429 });
      expect(await signIn(owner, "kim")).toMatchObject({ status: 303 });
      expect((await owner.get("/")).body).toContain("<strong>kim</strong>");
    });

    it("does not take a familiar device for that of another account", async () => {
      const owner = from("127.0.0.3");
      expect(await signIn(owner, "ben")).toMatchObject({ status: 303 });
      expect(await signIn(owner, "ben")).toMatchObject({ status: 303 });
      await guess("127.0.0.10", "eve", 10);
      expect(await signIn(from("127.0.0.10", { cookies: owner.cookies }), "eve")).toMatchObject({ status: 429 });
    });

    it("sends the owner a link while many places guess at the account, and tells nobody whether there is an owner", async () => {
      for (const account of ["max", "no-max"]) await Promise.all([guess("127.0.0.11", account, 10), guess("127.0.0.12", account, 10)]);
      const [asked, nobody] = [await signIn(from("127.0.0.13"), "max"), await signIn(from("127.0.0.13"), "no-max")];
      expect(asked.body).toContain("link");
      expect(withoutDate(asked)).toEqual(withoutDate(nobody));
      expect(mails.map(({ to }) => to)).toEqual(["max@example.org"]);

      const path = /http:\/\/127\.0\.0\.1(\S+)/.exec(mails[0]!.text)![1]!;
      const owner = from("127.0.0.13");
      expect(await owner.get(path)).toMatchObject({ status: 303, headers: { location: "/login" } });
      secrets.push(...owner.cookies.values());
      expect(await signIn(owner, "max", "mistyped")).toMatchObject({ status: 401 });
      expect(await signIn(owner, "max")).toMatchObject({ status: 303 });
      expect(mails).toHaveLength(1);
    });

    it("believes no address in a header", async () => {
      const spoofed = (n: number): Browser => from("127.0.0.14", { headers: { "X-Forwarded-For": `192.0.2.${n}` } });
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => signIn(spoofed(n), "bea", "wrong")));
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
    });

    it.each([
      ["GET", "/nowhere", 404],
      ["GET", "/healthz", 200],
      ["POST", "/nowhere", 404],
    ] as const)("answers %s %s with %i", async (method, path, status) => {
      const browser = from("127.0.0.1");
      expect(await (method === "GET" ? browser.get(path) : browser.post(path, {}))).toMatchObject({ status });
    });

    it("answers a body that is too large like any other that cannot be read, and looks at no password", async () => {
      expect(await signIn(from("127.0.0.15"), "bea", "x".repeat(20_000))).toMatchObject({ status: 413 });
      expect(await signIn(from("127.0.0.15"), "bea", "x".repeat(2_000))).toMatchObject({ status: 400 });
    });

    it("logs lines of JSON, none of which holds a password, a cookie, a code or a token", () => {
      expect(lines.length).toBeGreaterThan(100);
      for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
      const log = lines.join("\n");
      expect(secrets.length).toBeGreaterThan(5);
      for (const secret of secrets) expect(log).not.toContain(secret);
      expect(logged(lines, "fault")).toEqual([]);
    });
  });
});

/** An answer without the one header that tells the time. */
function withoutDate({ headers: { date: _, ...headers }, ...page }: Page): unknown {
  return { ...page, headers };
}

function handleIn({ body }: Page): string {
  return /name="handle" value="([^"]+)"/.exec(body)?.[1] ?? expect.fail("there is no handle in the page");
}

/** The lines of one kind. */
function logged(lines: readonly string[], what: string): readonly { readonly [name: string]: unknown }[] {
  return lines.map((line) => JSON.parse(line) as { readonly [name: string]: unknown }).filter((line) => line.what === what);
}

/** How many passwords of an account were looked at. */
function checksOf(lines: readonly string[], account: string): number {
  const attempts = new Set(logged(lines, "decision").flatMap((line) => (line.account === account ? [line.attempt] : [])));
  return logged(lines, "password-check").filter(({ attempt }) => attempts.has(attempt)).length;
}
