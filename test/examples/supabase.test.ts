import { randomBytes, randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type AuthHook, mfaVerificationHook, passwordVerificationHook } from "../../examples/supabase/auth-hooks.js";
import { webhookVerifier } from "../../examples/supabase/verify-webhook.js";
import { type AccountFacts, createGuard } from "../../src/guard/public.js";
import { createDefaultPolicy, defaultPolicy, type Policy } from "../../src/index.js";
import { listener } from "../support/listener.js";
import { type Signing, type SupabaseUser, sendHook, supabaseAuth } from "./supabase-auth.js";

const limit = 10;
const secret = (): string => `v1,whsec_${randomBytes(32).toString("base64")}`;
const secrets = [secret()];
const human = { status: "active", type: "human", mfaEnrolled: false } as const;
const user = (more: Partial<SupabaseUser> = {}): SupabaseUser => ({ id: randomUUID(), password: "right", ...more });
const users = { ann: user(), bob: user(), mia: user({ code: "123456" }), dora: user() };
const facts: Readonly<Record<string, AccountFacts>> = {
  [users.mia.id]: { ...human, mfaEnrolled: true },
  // disabled in a table of one's own, of which Supabase Auth knows nothing
  [users.dora.id]: { ...human, status: "disabled" },
};

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface OpenOptions {
  readonly policy?: Policy;
  readonly factsOf?: (userId: string) => Promise<AccountFacts>;
  /** Of the hooks, where those of Supabase Auth are others. */
  readonly accepted?: readonly string[];
}

async function open({ policy = defaultPolicy, factsOf = async (id) => facts[id] ?? human, accepted = secrets }: OpenOptions = {}) {
  const told = listener();
  const guard = createGuard({ policy, ...told.hooks });
  const options = { guard, secrets: accepted, factsOf };
  const hooks: Readonly<Record<string, AuthHook>> = {
    "/password-verification": await passwordVerificationHook(options),
    "/mfa-verification": await mfaVerificationHook(options),
  };
  const server = createAdaptorServer({ fetch: (request) => hooks[new URL(request.url).pathname]!(request) });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { told, origin, auth: supabaseAuth(users, { origin, secrets }) };
}

describe("the Supabase example", () => {
  it("lets a right password in", async () => {
    const { auth, told } = await open();
    expect(await auth.signIn("ann", "right")).toMatchObject({ status: 200 });
    expect(told.decisions.at(-1)?.event).toMatchObject({ outcome: "success", account: { id: users.ann.id }, source: { ip: "192.0.2.7" } });
  });

  it("leaves a wrong password, a name that nobody has and a right password that is blocked one answer", async () => {
    const { auth, told } = await open();
    const wrong = await auth.signIn("ann", "wrong");
    expect(wrong.status).toBe(400);
    expect(await auth.signIn("nobody", "right")).toEqual(wrong);
    for (let n = 0; n <= limit; n++) expect(await auth.signIn("dora", "right")).toEqual(wrong);
    expect(told.notices.map(({ account, why }) => [account, why])).toEqual(Array(limit + 1).fill([users.dora.id, "blocked"]));
  });

  it("rejects the right password behind ten wrong ones as one more wrong one, and from elsewhere it does not", async () => {
    const { auth, told } = await open();
    const wrong = await auth.signIn("ann", "wrong");
    for (let n = 1; n < limit; n++) await auth.signIn("ann", "wrong");
    expect(await auth.signIn("ann", "right")).toEqual(wrong);
    expect(told.locks).toMatchObject([{ change: "locked", rules: ["failed-attempts"] }]);
    expect(await auth.signIn("ann", "right", "198.51.100.1")).toMatchObject({ status: 200 });
  });

  it("counts ten of thirty that are guessed in parallel, and takes no right one after that", async () => {
    const { auth, told } = await open();
    const answers = await Promise.all(Array.from({ length: 30 }, () => auth.signIn("ann", "wrong")));
    const outcomes = told.decisions.map(({ event }) => event.failure ?? event.outcome);
    expect(outcomes.filter((outcome) => outcome === "wrong-password")).toHaveLength(limit);
    expect(outcomes.filter((outcome) => outcome === "blocked")).toHaveLength(20);
    expect(await auth.signIn("ann", "right")).toEqual(answers[0]);
  });

  it("sees nothing of a name that nobody has", async () => {
    const { auth, told } = await open();
    for (let n = 0; n < 30; n++) await auth.signIn(`nobody-${n}`, "guess");
    expect(told.decisions).toEqual([]);
  });

  it.each([
    ["FLAG", 200],
    ["BLOCK", 400],
  ] as const)("with withoutChallenge %s answers a right password with %i while many addresses guess", async (withoutChallenge, status) => {
    const { auth } = await open({ policy: createDefaultPolicy({ withoutChallenge }) });
    // addresses that a client made up where no proxy overwrites X-Forwarded-For
    for (let n = 1; n <= 20; n++) await auth.signIn("ann", "wrong", `203.0.113.${n}`);
    expect(await auth.signIn("ann", "right", "198.51.100.1")).toMatchObject({ status });
  });

  it("without it answers like BLOCK, but for accounts with a second factor, which go on to their code", async () => {
    const { auth } = await open();
    for (let n = 1; n <= 20; n++) await Promise.all(["ann", "mia"].map((name) => auth.signIn(name, "wrong", `203.0.113.${n}`)));
    expect(await auth.signIn("ann", "right", "198.51.100.1")).toMatchObject({ status: 400 });
    expect(await auth.signIn("mia", "right", "198.51.100.1")).toMatchObject({ status: 200 });
    expect(await auth.verifyFactor("mia", "123456", "198.51.100.1")).toMatchObject({ status: 200 });
  });

  it("answers right and wrong passwords alike where tables fail", async () => {
    const { auth } = await open({ factsOf: () => Promise.reject(new Error("no database")) });
    expect(await auth.signIn("ann", "right")).toEqual(await auth.signIn("ann", "wrong"));
    expect(await auth.signIn("ann", "right")).toMatchObject({ status: 500 });
  });

  it("takes a login for proven by its second factor only", async () => {
    const { auth, told } = await open();
    expect(await auth.signIn("mia", "right")).toMatchObject({ status: 200, body: expect.stringContaining("aal1") });
    expect(told.decisions.at(-1)?.event.outcome).toBe("pending");
    expect(await auth.verifyFactor("mia", "000000")).toMatchObject({ status: 422 });
    expect(await auth.verifyFactor("mia", "123456")).toMatchObject({ status: 200, body: expect.stringContaining("aal2") });
    const proven = told.decisions.filter(({ event }) => event.kind === "login" && event.outcome === "success");
    expect(proven.map(({ event }) => event.factors)).toEqual([["mfa", "otp"]]);
    expect(auth.signedOut).toEqual([]);
  });

  it("takes no right code behind ten wrong ones, from any address and after any number of right passwords", async () => {
    const { auth } = await open();
    const guesses = Array.from({ length: 30 }, async (_, n) => {
      const ip = `198.51.100.${n}`;
      await auth.signIn("mia", "right", ip);
      return auth.verifyFactor("mia", "000000", ip);
    });
    const answers = await Promise.all(guesses);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(limit);
    const rejected = answers.filter(({ status }) => status === 403);
    expect(rejected).toHaveLength(20);
    expect(await auth.verifyFactor("mia", "123456", "192.0.2.99")).toEqual(rejected[0]);
  });

  it("stands in nobody's way who signs in with two factors all the time", async () => {
    const { auth } = await open();
    for (let n = 0; n < 25; n++) {
      expect(await auth.signIn("mia", "right")).toMatchObject({ status: 200 });
      expect(await auth.verifyFactor("mia", "123456")).toMatchObject({ status: 200 });
    }
  });

  describe("asked by others than Supabase Auth", () => {
    const body = JSON.stringify({ user_id: users.ann.id, valid: false });
    const at = (seconds: number): string => `${Math.floor(Date.now() / 1_000) + seconds}`;

    it.each<[string, Signing, (readonly string[])?]>([
      ["by nobody", { signature: "" }],
      ["by garbage", { signature: "v1,!!!, v2,AAAA v1 , ,v1," }],
      ["by another secret", {}, [secret()]],
      ["for another body", { signed: body.replace("false", "true") }],
      ["too long ago", { timestamp: at(-302) }],
      ["in the future", { timestamp: at(400) }],
      ["at no time", { timestamp: "soon" }],
      ["with no id", { id: "" }],
    ])("answers what is signed %s with a 401, and counts nothing", async (_, signing, by = secrets) => {
      const { origin, told } = await open();
      const response = await sendHook(`${origin}/password-verification`, by, body, signing);
      expect([response.status, await response.text()]).toEqual([401, ""]);
      expect(told.decisions).toEqual([]);
    });

    it("answers what is not signed at all, or not posted, with 401 and 405", async () => {
      const { origin, told } = await open();
      expect((await fetch(`${origin}/password-verification`, { method: "POST", body })).status).toBe(401);
      expect((await fetch(`${origin}/password-verification`)).status).toBe(405);
      expect(told.decisions).toEqual([]);
    });

    it.each([
      ["no JSON", "valid=true"],
      ["no object", "null"],
      ["no user", JSON.stringify({ valid: true })],
      ["a user who is a name", JSON.stringify({ user_id: "ann", valid: true })],
      ["a text for yes", JSON.stringify({ user_id: users.ann.id, valid: "true" })],
      ["another hook's message", JSON.stringify({ user_id: users.ann.id, valid: true, metadata: { name: "mfa-verification" } })],
    ])("answers %s with a 400, and counts nothing", async (_, malformed) => {
      const { origin, told } = await open();
      expect((await sendHook(`${origin}/password-verification`, secrets, malformed)).status).toBe(400);
      expect(told.decisions).toEqual([]);
    });

    it("takes what either secret signed while one replaces the other", async () => {
      const [old, next] = [secret(), secret()];
      const { origin } = await open({ accepted: [next, old] });
      for (const by of [[old], [next], [old, next], [secret(), old]]) {
        expect((await sendHook(`${origin}/password-verification`, by, body)).status).toBe(200);
      }
    });

    it("counts by account where the message has no address", async () => {
      const { origin, told } = await open();
      expect((await sendHook(`${origin}/password-verification`, secrets, body)).status).toBe(200);
      expect(told.decisions.at(-1)?.event).toMatchObject({ outcome: "failure", source: {} });
    });

    it("verifies the vector that the libraries of Standard Webhooks share, and only at its time", async () => {
      const verify = await webhookVerifier(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]);
      const vector = () => {
        const headers = { "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330" };
        const signature = "v1,bm9ldHU= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        return new Request("https://hook.example", {
          method: "POST",
          body: '{"test": 2432232314}',
          headers: { ...headers, "webhook-signature": signature },
        });
      };
      expect(await verify(vector())).toBeUndefined();
      vi.useFakeTimers({ toFake: ["Date"], now: 1_614_265_330_000 });
      expect(await verify(vector())).toBe('{"test": 2432232314}');
      vi.useRealTimers();
    });
  });

  it.each([[[]], [[""]], [["whsec_"]], [["v1,whsec_AAAA"]], [["v1,whsec_???"]], [["plain text"]]])(
    "refuses to stand with the secrets %j",
    async (none) => {
      await expect(webhookVerifier(none)).rejects.toThrow(RangeError);
    },
  );
});
