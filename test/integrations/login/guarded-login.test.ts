import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CredentialResult, createGuard, type GuardOptions } from "../../../src/guard/public.js";
import { createDefaultPolicy } from "../../../src/index.js";
import { clientAddress, type Hop } from "../../../src/integrations/client-address/client-address.js";
import { type GuardedLoginOptions, guardedLogin } from "../../../src/integrations/login/guarded-login.js";
import { wrongCredential } from "../../../src/integrations/reply/wrong-credential.js";

const secrets = ["a secret of 32 bytes or more, for tests"];
const human = { status: "active", type: "human" } as const;
const right: CredentialResult = { ok: true, factors: ["pwd"], account: human };
const wrong: CredentialResult = { ok: false, failure: "wrong-password", account: human };
const waiting: CredentialResult = { ...right, awaiting: "mfa" };
const disabled: CredentialResult = { ok: true, factors: ["pwd"], account: { ...human, status: "disabled" } };

const policy = createDefaultPolicy({
  failedAttempts: { flagAt: 2, blockAt: 3, challengeAccountAt: 4 },
  failedProofs: { blockAt: 2 },
  maliciousIp: { lists: [{ name: "abuse", addresses: ["203.0.113.66"] }] },
});
const address = clientAddress({ trusted: [] });
const from = (peer: string, cookie?: string): Hop => ({ peer, header: (name) => (name === "cookie" ? cookie : undefined) });
const hop = from("192.0.2.7");

const loginOf = (guard: GuardOptions = {}, options: Partial<GuardedLoginOptions> = {}) =>
  guardedLogin({ guard: createGuard({ policy, secrets, ...guard }), address, ...options });
type Login = ReturnType<typeof loginOf>;

/** One login over HTTP, as a handler does it. */
const attemptOnce = async (login: Login, result: CredentialResult, facts: { readonly account?: string; readonly hop?: Hop } = {}) => {
  const begun = await login.begin({ hop, account: "ann", ...facts });
  return begun.attempt === undefined
    ? { admitted: false, reply: begun.reply, checked: false }
    : { ...(await begun.attempt.conclude(result)), checked: true };
};
const body = (reply: { readonly body: string } | undefined) => JSON.parse(reply?.body ?? "");

describe("before the check", () => {
  it("goes on with an attempt that is a handle", async () => {
    const { attempt, reply } = await loginOf().begin({ hop, account: "Ann" });
    expect(reply).toBeUndefined();
    expect(attempt).toMatchObject({ account: "Ann", decision: { action: "ALLOW" } });
    expect(Object.keys(attempt ?? {}).sort()).toEqual([
      "account",
      "at",
      "cancel",
      "conclude",
      "decision",
      "deviceToken",
      "id",
      "proof",
      "token",
    ]);
  });

  it("a limit: 429, and no more guesses", async () => {
    const login = loginOf();
    for (let n = 0; n < 3; n++) expect((await attemptOnce(login, wrong)).reply).toEqual(wrongCredential());
    expect(await attemptOnce(login, right)).toMatchObject({ admitted: false, checked: false, reply: { status: 429 } });
  });

  it("a list: the answer to a wrong password", async () => {
    expect(await attemptOnce(loginOf(), right, { hop: from("203.0.113.66") })).toEqual({
      admitted: false,
      checked: false,
      reply: wrongCredential(),
    });
  });

  it("a wanted captcha: taken back, so that asking for it is nobody's failure, and satisfied by it", async () => {
    const login = loginOf();
    for (let n = 0; n < 4; n++) await attemptOnce(login, wrong, { hop: from(`198.51.100.${n}`) });
    for (let n = 0; n < 5; n++) {
      const { reply, checked } = await attemptOnce(login, right);
      expect([checked, reply?.status, body(reply).require]).toEqual([false, 401, ["captcha"]]);
    }
    const { attempt } = await login.begin({ hop, account: "ann", proofs: ["captcha"] });
    expect(await attempt?.conclude(right)).toMatchObject({ admitted: true });
  });

  it.each([
    ["empty", ""],
    ["blank", "   "],
    ["longer than can be counted", `ann${"x".repeat(600)}`],
  ])("an account that is %s: nobody could count its guesses, so there are none", async (_, account) => {
    expect(await attemptOnce(loginOf(), right, { account })).toEqual({ admitted: false, checked: false, reply: wrongCredential() });
  });
});

describe("after the check", () => {
  it.each<readonly [string, CredentialResult]>([
    ["a wrong password", wrong],
    ["an unknown account", { ok: false, failure: "unknown-account" }],
    ["a disabled account", disabled],
    ["a technical fault", { ok: false, failure: "error" }],
  ])("%s: the answer to a wrong password, and no cookie", async (_, result) => {
    expect(await attemptOnce(loginOf(), result)).toMatchObject({ admitted: false, reply: wrongCredential(), setCookie: undefined });
  });

  it("a right password: no reply, and a cookie", async () => {
    expect(await attemptOnce(loginOf(), right)).toMatchObject({
      admitted: true,
      reply: undefined,
      setCookie: expect.stringMatching(/^portcullis_device=[\w.~-]+; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    });
  });

  it.each<readonly [string, GuardOptions, Partial<GuardedLoginOptions>, RegExp | undefined]>([
    ["another name and time", {}, { deviceCookie: "__Host-d", deviceWithin: { hours: 1 } }, /^__Host-d=[^;]+; Max-Age=3600;/],
    ["none", {}, { deviceCookie: false }, undefined],
    ["none without secrets", { secrets: undefined as never }, {}, undefined],
  ])("the cookie: %s", async (_, guard, options, expected) => {
    const { setCookie } = await loginOf(guard, options).judge({ hop, account: "ann" }, right);
    if (expected === undefined) expect(setCookie).toBeUndefined();
    else expect(setCookie).toMatch(expected);
  });

  it("the cookie keeps what a shared device has for other accounts", async () => {
    const login = loginOf();
    const cookieOf = async (account: string, cookie?: string) =>
      (await login.judge({ hop: from("192.0.2.7", cookie), account }, right)).setCookie?.split(";")[0] ?? "";
    const both = await cookieOf("bob", await cookieOf("ann"));
    expect(both.split("~")).toHaveLength(2);
    expect((await cookieOf("ann", both)).split("~")).toHaveLength(2);
  });

  it("concluded twice it is one attempt, and both answers are the first", async () => {
    const { attempt } = await loginOf().begin({ hop, account: "ann" });
    expect((await attempt?.conclude(wrong))?.reply).toEqual(wrongCredential());
    expect(await attempt?.conclude(right)).toMatchObject({ admitted: false, reply: wrongCredential() });
  });
});

describe("a further factor", () => {
  it("waits with a handle, which is taken up again", async () => {
    const login = loginOf();
    const { reply } = await attemptOnce(login, waiting);
    const { require, handle } = body(reply);
    expect(require).toEqual(["mfa"]);
    const { attempt } = await login.resume(handle, { hop });
    expect(attempt?.account).toBe("ann");
    const proven = await attempt?.proof({ ok: true, factors: ["otp"] });
    expect(proven).toMatchObject({ admitted: true, reply: undefined, setCookie: expect.stringContaining("portcullis_device=") });
  });

  it("a wrong code, and a right one too many: the answer to a wrong password, and no cookie", async () => {
    const login = loginOf();
    const { handle } = body((await attemptOnce(login, waiting)).reply);
    const prove = async (isRight: boolean) =>
      (await login.resume(handle, { hop })).attempt?.proof(isRight ? { ok: true, factors: ["otp"] } : { ok: false, failure: "mfa-failed" });
    for (const isRight of [false, false, true, false])
      expect(await prove(isRight)).toMatchObject({ admitted: false, reply: wrongCredential(), setCookie: undefined });
  });

  it("without secrets it waits in this process, without a handle", async () => {
    const login = loginOf({ secrets: undefined as never });
    const { attempt } = await login.begin({ hop, account: "ann" });
    expect(body((await attempt?.conclude(waiting))?.reply)).not.toHaveProperty("handle");
    expect(await attempt?.proof({ ok: true, factors: ["otp"] })).toMatchObject({ admitted: true, reply: undefined });
  });

  it.each([
    ["forged", "a.b"],
    ["no text", 7],
    ["missing", undefined],
  ])("a handle that is %s: the answer to a wrong password", async (_, handle) => {
    expect(await loginOf().resume(handle, { hop })).toEqual({ attempt: undefined, reply: wrongCredential() });
  });

  it("a handle of another tenant: the answer to a wrong password", async () => {
    const login = loginOf();
    const { attempt } = await login.begin({ hop, account: "ann", tenant: "north" });
    const { handle } = body((await attempt?.conclude(waiting))?.reply);
    expect((await login.resume(handle, { hop, tenant: "south" })).reply).toEqual(wrongCredential());
    expect((await login.resume(handle, { hop, tenant: "north" })).attempt).toBeDefined();
  });

  it("no secrets to read a handle with are misuse", async () => {
    await expect(loginOf({ secrets: undefined as never }).resume("a.b", { hop })).rejects.toThrow(TypeError);
  });
});

describe("what comes in", () => {
  it("the address is the socket's, the rest of the source the application's", async () => {
    const seen: unknown[] = [];
    const login = loginOf({ onDecision: ({ event }) => seen.push(event.source, event.client) });
    await login.begin({ hop: from("::ffff:192.0.2.7"), account: "ann", source: { country: "NO" }, client: { userAgent: "x" } });
    expect(seen).toEqual([{ ip: "192.0.2.7", country: "NO" }, { userAgent: "x" }]);
  });

  it("an address that is smuggled in is not believed", async () => {
    const seen: unknown[] = [];
    const login = loginOf({ onDecision: ({ event }) => seen.push(event.source, event.client) });
    const smuggled = { source: { ip: "198.51.100.1" }, deviceToken: "x" } as object;
    await login.begin({ account: "ann", ...smuggled, hop });
    expect(seen).toEqual([{ ip: "192.0.2.7" }, undefined]);
    const nowhere = await login.begin({ account: "ann", ...smuggled, hop: undefined });
    expect(nowhere.attempt).toBeDefined();
    expect(seen.slice(2)).toEqual([{}, undefined]);
  });

  it.each([
    ["a cookie name that is none", { deviceCookie: "a b" }, RangeError],
    ["a time that is none", { deviceWithin: {} }, RangeError],
  ])("%s is misuse", (_, options, error) => expect(() => loginOf({}, options)).toThrow(error));
});

describe("how much is told", () => {
  it("explicit: rules to whoever is blocked, nothing to whoever is wrong", async () => {
    const login = loginOf({}, { explicit: true });
    const listed = await attemptOnce(login, right, { hop: from("203.0.113.66") });
    expect([listed.reply?.status, body(listed.reply).rules]).toEqual([403, ["malicious-ip"]]);
    const blocked = await attemptOnce(login, disabled, { account: "dora" });
    expect([blocked.reply?.status, body(blocked.reply).rules]).toEqual([403, ["disabled-account"]]);
    const guess = await attemptOnce(login, { ok: false, failure: "wrong-password", account: { status: "disabled" } }, { account: "dora" });
    expect(guess.reply).toEqual(wrongCredential());
    for (let n = 0; n < 3; n++) await attemptOnce(login, wrong);
    const throttled = await attemptOnce(login, right);
    expect([throttled.reply?.status, body(throttled.reply).rules]).toEqual([429, ["failed-attempts"]]);
  });

  it("a page takes the place of every problem", async () => {
    const login = loginOf({}, { page: ({ detail }) => `<p>${detail}` });
    const replies = [
      await attemptOnce(login, wrong),
      await attemptOnce(login, disabled),
      await attemptOnce(login, right, { hop: from("203.0.113.66") }),
    ];
    expect(new Set(replies.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
    expect((await login.resume("x", { hop })).reply?.headers["Content-Type"]).toBe("text/html; charset=utf-8");
  });
});

describe("laws", () => {
  const steps = fc.array(fc.record({ source: fc.nat(3), parallel: fc.integer({ min: 1, max: 4 }) }), { maxLength: 8 });
  const wrongOfDisabled: CredentialResult = { ok: false, failure: "wrong-password", account: { ...human, status: "disabled" } };

  it.each<readonly [string, CredentialResult, CredentialResult]>([
    ["an account that exists from one that does not", wrong, { ok: false, failure: "unknown-account" }],
    ["a right password that is blocked from a wrong one", disabled, wrongOfDisabled],
  ])("no sequence of guesses tells %s", async (_, one, other) => {
    const repliesTo = async (result: CredentialResult, guesses: readonly { readonly source: number; readonly parallel: number }[]) => {
      const login = loginOf();
      const seen: unknown[] = [];
      for (const { source, parallel } of guesses) {
        const hop = from(`192.0.2.${source}`);
        const answers = await Promise.all(Array.from({ length: parallel }, () => attemptOnce(login, result, { hop })));
        // the seconds of `Retry-After` may differ by what passes between two runs
        seen.push(...answers.map(({ reply }) => ({ ...reply, headers: Object.keys(reply?.headers ?? {}) })));
      }
      return seen;
    };
    await fc.assert(
      fc.asyncProperty(steps, async (guesses) => {
        expect(await repliesTo(one, guesses)).toEqual(await repliesTo(other, guesses));
      }),
      { numRuns: 100 },
    );
  });
});
