import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import type { Handle } from "../../src/guard/handle.js";
import { InputError } from "../../src/schema/input-error.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import { handClock } from "../support/hand-clock.js";
import { code, right, rightSoFar, wrong } from "../support/results.js";

const [old, renewed, foreign] = ["old", "renewed", "foreign"].map((name) => `${name}-secret-of-at-least-thirty-two-bytes`);
const attempt = { account: "ann", source: "192.0.2.1" };

async function waiting(guard: Guard, tenant?: string): Promise<Handle> {
  const handle = await guard.begin({ ...attempt, ...(tenant === undefined ? {} : { tenant }) });
  await handle.conclude(rightSoFar);
  return handle;
}

/** What a token's body says, to anybody who looks. */
function bodyOf(token: string): string {
  return Buffer.from(token.split(".")[0]!, "base64url").toString();
}

describe("a handle as a token", () => {
  it("is taken up by another guard with the same secrets and store, and settles the attempt there", async () => {
    const { clock, goOn } = handClock();
    const shared = { clock, store: memoryStore({ clock }), secrets: [renewed!] };
    const [here, there] = [createGuard(shared), createGuard(shared)];
    const handle = await waiting(here);
    goOn({ seconds: 30 });
    const resumed = await there.resume(await handle.token());
    expect([resumed.id, resumed.account]).toEqual([handle.id, "ann"]);
    expect(await resumed.proof(code)).toMatchObject({ admitted: true, awaiting: false });
    for (const group of await here.exportAccount({ account: "ann" })) {
      expect(group.remembered[`count where unproven by ${group.by}`] ?? { settled: [] }).toEqual({ settled: [] });
    }
  });

  it.each<[string, (token: string) => string]>([
    ["nothing", () => ""],
    ["no token at all", () => "ann"],
    ["cut off", (token) => token.slice(0, -1)],
    ["the signature cut off", (token) => token.split(".")[0]!],
    ["an empty signature", (token) => `${token.split(".")[0]}.`],
    ["only the signature", (token) => `.${token.split(".")[1]}`],
    ["something behind it", (token) => `${token}.x`],
    ["a space behind it", (token) => `${token} `],
    ["padding", (token) => `${token}=`],
    [
      "the body of another account",
      (token) => `${Buffer.from(bodyOf(token).replace("ann", "bob")).toString("base64url")}.${token.split(".")[1]}`,
    ],
    ["very long", (token) => token + "A".repeat(100_000)],
  ])("that is %s is refused, and nobody learns why", async (_, forge) => {
    const guard = createGuard({ secrets: [renewed!] });
    const token = forge(await (await waiting(guard)).token());
    const refusal = await guard.resume(token).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InputError);
    expect(refusal).toMatchObject({
      code: "invalid-handle",
      issues: [{ path: "", message: "expected a handle that this guard signed for this tenant" }],
    });
  });

  it("with any one character changed is refused", async () => {
    const guard = createGuard({ secrets: [renewed!] });
    const token = await (await waiting(guard)).token();
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ".split("");
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...alphabet), async (at, by) => {
        fc.pre(token[at] !== by);
        await expect(guard.resume(token.slice(0, at) + by + token.slice(at + 1))).rejects.toThrow(InputError);
      }),
      { numRuns: 300, examples: alphabet.map((by): [number, string] => [token.length - 1, by]).filter(([at, by]) => token[at] !== by) },
    );
  });

  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a number", 7],
    ["an object", {}],
    ["a list", ["a.b"]],
  ])("that is %s is refused like a forged one", async (_, token) => {
    await expect(createGuard({ secrets: [renewed!] }).resume(token as string)).rejects.toThrow(InputError);
  });

  it.each<[string, string | undefined, string | undefined]>([
    ["another tenant", "acme", "initech"],
    ["no tenant, though it has one", "acme", undefined],
    ["a tenant, though it has none", undefined, "acme"],
    ["the empty tenant, though it has none", undefined, ""],
    ["no tenant, though it has the empty one", "", undefined],
  ])("given as of %s is refused", async (_, own, given) => {
    const guard = createGuard({ secrets: [renewed!] });
    const token = await (await waiting(guard, own)).token();
    await expect(guard.resume(token, given === undefined ? {} : { tenant: given })).rejects.toThrow(InputError);
    expect((await guard.resume(token, own === undefined ? {} : { tenant: own })).account).toBe("ann");
  });

  it("of rotated secrets: an old one still verifies, the newest signs, a foreign one is none", async () => {
    const token = await (await waiting(createGuard({ secrets: [old!] }))).token();
    const rotated = createGuard({ secrets: [renewed!, old!] });
    expect((await rotated.resume(token)).account).toBe("ann");
    await expect(createGuard({ secrets: [renewed!] }).resume(token)).rejects.toThrow(InputError);
    await expect(createGuard({ secrets: [foreign!] }).resume(token)).rejects.toThrow(InputError);
    const fresh = await (await waiting(rotated)).token();
    expect((await createGuard({ secrets: [renewed!] }).resume(fresh)).account).toBe("ann");
  });

  it("holds the account as typed and the source; no facts about the account, and nothing of the credential", async () => {
    const guard = createGuard({ secrets: [renewed!] });
    const handle = await guard.begin({
      account: " Ann ",
      source: "192.0.2.1",
      credential: { breached: true, fingerprint: "fingerprint-of-the-password" },
      history: { failedAttempts: 3 },
    });
    const account = { status: "active", type: "human", mfaEnrolled: true, privileged: true } as const;
    await handle.conclude({ ok: true, account, factors: ["pwd"], awaiting: "mfa" });
    const body = bodyOf(await handle.token());
    const { event } = JSON.parse(body) as { event: Record<string, unknown> };
    expect(event).toMatchObject({ account: { id: " Ann " }, source: { ip: "192.0.2.1" }, factors: ["pwd"] });
    for (const secret of ["status", "privileged", "mfaEnrolled", "breached", "fingerprint", "failedAttempts"])
      expect(body).not.toContain(secret);
  });

  it("carries any account name there is", async () => {
    const guard = createGuard({ secrets: [renewed!] });
    for (const account of [
      "",
      "\u0000",
      "\ud800",
      "\u{1f600}",
      '"}',
      "__proto__",
      "x".repeat(512),
      "\u20ac".repeat(512),
      "x".repeat(10_000),
    ]) {
      const handle = await guard.begin({ account, source: "192.0.2.1" });
      await handle.conclude(rightSoFar);
      const resumed = await guard.resume(await handle.token());
      expect(resumed.account).toBe(account);
      expect(await resumed.proof(code)).toMatchObject({ admitted: true });
    }
  });

  it("carries a client as long as a request can be", async () => {
    const guard = createGuard({ secrets: [renewed!] });
    const handle = await guard.begin({ ...attempt, client: { userAgent: "x".repeat(16_000) } });
    await handle.conclude(rightSoFar);
    expect((await guard.resume(await handle.token())).account).toBe("ann");
  });

  it("needs secrets, and an attempt that waits", async () => {
    const bare = createGuard();
    await expect((await waiting(bare)).token()).rejects.toThrow(TypeError);
    await expect(bare.resume("a.b")).rejects.toThrow(TypeError);
    const guard = createGuard({ secrets: [renewed!] });
    const handle = await guard.begin(attempt);
    await expect(handle.token()).rejects.toThrow(TypeError);
    await handle.conclude(wrong);
    await expect(handle.token()).rejects.toThrow(TypeError);
  });

  it("is no device cookie, and a device cookie is no handle", async () => {
    const guard = createGuard({ secrets: [renewed!] });
    const handle = await guard.begin(attempt);
    await handle.conclude(right);
    await expect(guard.resume(await handle.deviceToken())).rejects.toThrow(InputError);
  });

  it("written under a policy with other groupings is taken up under this one", async () => {
    const { definePolicy } = await import("../../src/core/engine/policy.js");
    const { clock } = handClock();
    const shared = { clock, store: memoryStore({ clock }), secrets: [renewed!] };
    const bare = createGuard({ ...shared, policy: definePolicy({ id: "bare", rules: [] }) });
    const token = await (await waiting(bare)).token();
    expect(await (await createGuard(shared).resume(token)).proof(code)).toMatchObject({ admitted: true });
  });
});
