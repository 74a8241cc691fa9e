import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import { handClock } from "../support/hand-clock.js";
import { code, right, rightSoFar, wrong } from "../support/results.js";
import { spyingStore } from "../support/spying-store.js";

const [old, renewed] = ["old", "renewed"].map((name) => `${name}-secret-of-at-least-thirty-two-bytes`);
const home = "198.51.100.7";

/** Logs in rightly and gives the device cookie for it. */
async function cookieOf(
  guard: Guard,
  account: string,
  { existing, tenant, source = home }: { existing?: string; tenant?: string; source?: string } = {},
): Promise<string> {
  const handle = await guard.begin({ account, source, deviceToken: existing, ...(tenant === undefined ? {} : { tenant }) });
  await handle.conclude(right);
  return handle.deviceToken(existing);
}

/** The device under which an attempt is counted. */
async function deviceSeen(
  guard: Guard,
  store: ReturnType<typeof spyingStore>,
  attempt: Parameters<Guard["begin"]>[0],
): Promise<string | undefined> {
  await (await guard.begin(attempt)).cancel();
  const key = store.exchanges
    .at(-2)!
    .map((part) => part.key)
    .find((each) => each.includes("}account-and-device:"));
  return key?.slice(key.indexOf("}account-and-device:") + "}account-and-device:".length);
}

const guarded = (options: Parameters<typeof createGuard>[0] = {}) => {
  const { clock, goOn } = handClock();
  const store = spyingStore({ clock });
  return { clock, goOn, store, guard: createGuard({ clock, store, secrets: [renewed!], ...options }) };
};

describe("a device cookie", () => {
  it("makes the device familiar from then on: it has its own lane while its owner's account is under attack", async () => {
    const { guard, goOn } = guarded();
    const deviceToken = await cookieOf(guard, "ann");
    goOn({ minutes: 1 });
    for (let i = 0; i < 60; i++) await (await guard.begin({ account: "ann", source: `203.0.113.${i % 12}` })).conclude(wrong);
    for (let i = 0; i < 12; i++) await (await guard.begin({ account: "ann", source: home })).conclude(wrong);

    expect((await guard.begin({ account: "ann", source: "203.0.113.99" })).decision.action).toBe("CHALLENGE");
    expect((await guard.begin({ account: "ann", source: home })).decision.action).toBe("BLOCK");
    for (const source of [home, "203.0.113.99", "203.0.113.1"]) {
      const handle = await guard.begin({ account: "ann", source, deviceToken });
      expect(handle.decision.action).toBe("ALLOW");
      expect(await handle.conclude(right)).toMatchObject({ admitted: true });
    }
  });

  it("made at a login with a second factor does the same", async () => {
    const { guard, goOn } = guarded();
    const handle = await guard.begin({ account: "ann", source: home });
    await handle.conclude(rightSoFar);
    const resumed = await guard.resume(await handle.token());
    await resumed.proof(code);
    const deviceToken = await resumed.deviceToken();
    goOn({ minutes: 1 });
    for (let i = 0; i < 12; i++) await (await guard.begin({ account: "ann", source: home })).conclude(wrong);
    expect((await guard.begin({ account: "ann", source: home, deviceToken })).decision.action).toBe("ALLOW");
  });

  it("is no key: the familiar device itself is blocked at the limit of its lane", async () => {
    const { guard, goOn } = guarded();
    const deviceToken = await cookieOf(guard, "ann");
    goOn({ minutes: 1 });
    for (let i = 0; i < 10; i++) await (await guard.begin({ account: "ann", source: home, deviceToken })).conclude(wrong);
    expect((await guard.begin({ account: "ann", source: home, deviceToken })).decision.action).toBe("BLOCK");
  });

  it("names the same device at every login, whatever the address", async () => {
    const { guard, store } = guarded();
    const first = await cookieOf(guard, "ann");
    const second = await cookieOf(guard, "ann", { existing: first, source: "192.0.2.9" });
    const seen = await deviceSeen(guard, store, { account: "ann", source: home, deviceToken: first });
    expect(seen).toBeDefined();
    expect(await deviceSeen(guard, store, { account: "ann", source: home, deviceToken: second })).toBe(seen);
  });

  it("keeps its device whatever the clock counts in", async () => {
    const { clock } = handClock(1_700_000_000_000.625);
    const store = spyingStore({ clock });
    const guard = createGuard({ clock, store, secrets: [renewed!], newId: () => "laptop" });
    const cookie = await cookieOf(guard, "ann");
    expect(await deviceSeen(guard, store, { account: "ann", source: home, deviceToken: cookie })).toBe("3:annlaptop");
  });

  it("is bound to the account in its canonical form, and to no other", async () => {
    const { guard, store } = guarded();
    const deviceToken = await cookieOf(guard, "ann");
    expect(await deviceSeen(guard, store, { account: " ANN ", source: home, deviceToken })).toBeDefined();
    for (const account of ["bob", "an", "anna", "", "x".repeat(513)]) {
      expect(await deviceSeen(guard, store, { account, source: home, deviceToken })).toBeUndefined();
    }
  });

  it.each<[string, string, string]>([
    ["two surrogates alone", "a\ud800", "a\ud801"],
    ["a surrogate alone and what stands for it", "a\ud800", "a\ufffd"],
  ])("tells accounts apart that UTF-8 does not: %s", async (_, one, other) => {
    const { guard, store } = guarded();
    const deviceToken = await cookieOf(guard, one);
    expect(await deviceSeen(guard, store, { account: one, source: home, deviceToken })).toBeDefined();
    expect(await deviceSeen(guard, store, { account: other, source: home, deviceToken })).toBeUndefined();
  });

  it.each<[string | undefined, string | undefined]>([
    ["acme", "initech"],
    ["acme", undefined],
    [undefined, "acme"],
    [undefined, ""],
    ["", undefined],
    ["a", "a:"],
  ])("of tenant %s is worth nothing in tenant %s", async (own, other) => {
    const { guard, store } = guarded();
    const deviceToken = await cookieOf(guard, "ann", own === undefined ? {} : { tenant: own });
    const of = (tenant: string | undefined) => ({ account: "ann", source: home, deviceToken, ...(tenant === undefined ? {} : { tenant }) });
    expect(await deviceSeen(guard, store, of(own))).toBeDefined();
    expect(await deviceSeen(guard, store, of(other))).toBeUndefined();
  });

  it("is good until 90 days after its login, and not at the end of them", async () => {
    const { guard, store, goOn } = guarded();
    const deviceToken = await cookieOf(guard, "ann");
    const attempt = { account: "ann", source: home, deviceToken };
    goOn({ days: 89, hours: 23, minutes: 59, seconds: 59.999 });
    expect(await deviceSeen(guard, store, attempt)).toBeDefined();
    goOn({ seconds: 0.001 });
    expect(await deviceSeen(guard, store, attempt)).toBeUndefined();
  });

  it("is good for as long as the guard says", async () => {
    const { guard, store, goOn } = guarded({ deviceWithin: { hours: 1 } });
    const deviceToken = await cookieOf(guard, "ann");
    goOn({ minutes: 59, seconds: 59.999 });
    expect(await deviceSeen(guard, store, { account: "ann", source: home, deviceToken })).toBeDefined();
    goOn({ seconds: 0.001 });
    expect(await deviceSeen(guard, store, { account: "ann", source: home, deviceToken })).toBeUndefined();
  });

  it("of an old secret is good, of a secret that left is not", async () => {
    const { clock } = handClock();
    const store = spyingStore({ clock });
    const deviceToken = await cookieOf(createGuard({ clock, store, secrets: [old!] }), "ann");
    const attempt = { account: "ann", source: home, deviceToken };
    expect(await deviceSeen(createGuard({ clock, store, secrets: [renewed!, old!] }), store, attempt)).toBeDefined();
    expect(await deviceSeen(createGuard({ clock, store, secrets: [renewed!] }), store, attempt)).toBeUndefined();
    expect(await deviceSeen(createGuard({ clock, store }), store, attempt)).toBeUndefined();
  });

  it("serves five accounts; the one longest without a new cookie leaves", async () => {
    const { guard, store } = guarded();
    let cookie: string | undefined;
    const accounts = ["a", "b", "c", "d", "e", "f"];
    for (const account of accounts) cookie = await cookieOf(guard, account, cookie === undefined ? {} : { existing: cookie });
    expect(cookie!.length).toBeLessThan(1_000);
    const seen = [];
    for (const account of accounts)
      seen.push((await deviceSeen(guard, store, { account, source: home, deviceToken: cookie })) !== undefined);
    expect(seen).toEqual([false, true, true, true, true, true]);
    cookie = await cookieOf(guard, "b", { existing: cookie! });
    cookie = await cookieOf(guard, "g", { existing: cookie });
    expect(await deviceSeen(guard, store, { account: "b", source: home, deviceToken: cookie })).toBeDefined();
    expect(await deviceSeen(guard, store, { account: "c", source: home, deviceToken: cookie })).toBeUndefined();
  });

  it("renewed again and again for one account pushes no other account out", async () => {
    const { guard, store } = guarded();
    let cookie = await cookieOf(guard, "bob");
    for (let i = 0; i < 8; i++) cookie = await cookieOf(guard, "ann", { existing: cookie });
    expect(await deviceSeen(guard, store, { account: "bob", source: home, deviceToken: cookie })).toBeDefined();
    expect(cookie.split("~")).toHaveLength(2);
  });

  it("asked for twice names one device, which the store hears of once, in its own group alone", async () => {
    const { guard, store } = guarded();
    const handle = await guard.begin({ account: "ann", source: home });
    await handle.conclude(right);
    const asked = store.exchanges.length;
    const [one, other] = [await handle.deviceToken(), await handle.deviceToken()];
    expect(store.exchanges.slice(asked).map((parts) => parts.map(({ key }) => key.slice(0, key.indexOf("3:ann"))))).toEqual([
      ["{ann}account-and-device:"],
    ]);
    const seen = await deviceSeen(guard, store, { account: "ann", source: home, deviceToken: one });
    expect(await deviceSeen(guard, store, { account: "ann", source: home, deviceToken: other })).toBe(seen);
  });

  it("that is garbage is no device, and never an error", async () => {
    const { guard, store } = guarded();
    const good = await cookieOf(guard, "ann");
    const cookies = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("", "~", "~~~~~~", ".", "a.b", "a.b~c.d", good.slice(1), `${good}x`, `x~${"y".repeat(5_000)}`, "\ud800.\ud800"),
      fc.constantFrom<unknown>(null, 7, {}, [], true, Symbol("cookie")),
    );
    await fc.assert(
      fc.asyncProperty(cookies, async (deviceToken) => {
        expect(await deviceSeen(guard, store, { account: "ann", source: home, deviceToken: deviceToken as string })).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it("that is garbage does not stand in the way of a new one", async () => {
    const { guard, store } = guarded();
    for (const existing of ["~~~", "x", "x~y~z", "A".repeat(5_000)]) {
      const deviceToken = await cookieOf(guard, "ann", { existing });
      expect(deviceToken.length).toBeLessThan(1_000);
      expect(await deviceSeen(guard, store, { account: "ann", source: home, deviceToken })).toBeDefined();
    }
  });

  it("is given to whoever was admitted, and to nobody else", async () => {
    const { guard } = guarded();
    const handle = await guard.begin({ account: "ann", source: home });
    await expect(handle.deviceToken()).rejects.toThrow(TypeError);
    await handle.conclude(wrong);
    await expect(handle.deviceToken()).rejects.toThrow(TypeError);
    const waiting = await guard.begin({ account: "ann", source: home });
    await waiting.conclude(rightSoFar);
    await expect(waiting.deviceToken()).rejects.toThrow(TypeError);
    await waiting.proof(code);
    expect(await waiting.deviceToken()).toMatch(/^[\w-]+\.[\w-]{43}$/);
  });

  it("needs an account to be bound to", async () => {
    const { guard } = guarded();
    const handle = await guard.begin({ account: "", source: home });
    await handle.conclude(right);
    await expect(handle.deviceToken()).rejects.toThrow(TypeError);
  });

  it("says nothing of the account to who finds it", async () => {
    const { guard } = guarded();
    const cookie = await cookieOf(guard, "ann@example.com");
    expect(Buffer.from(cookie.split(".")[0]!, "base64url").toString()).not.toMatch(/ann|example/);
  });
});
