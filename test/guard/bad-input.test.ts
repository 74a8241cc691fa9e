import { describe, expect, it } from "vitest";
import { createGuard } from "../../src/guard/create-guard.js";
import type { GuardOptions } from "../../src/guard/guard-options.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { code, right, rightSoFar, wrong } from "../support/results.js";
import { spyingStore } from "../support/spying-store.js";

const attempt = { account: "ann", source: "192.0.2.1" };

describe("an attempt from nowhere in particular", () => {
  const nowhere: readonly [string, unknown][] = [
    ["no address", undefined],
    ["null for an address", null],
    ["the empty text", ""],
    ["several addresses in one text", "192.0.2.1, 198.51.100.7"],
    ["an address with a port", "192.0.2.1:443"],
    ["the path of a Unix socket", "/var/run/app.sock"],
    ["a name", "localhost"],
    ["an address out of range", "999.1.1.1"],
    ["10 kB of address", "1".repeat(10_000)],
    ["a source that knows nothing", {}],
    ["a source whose address is a number", { ip: 7 }],
    ["a source whose address is a list", { ip: ["192.0.2.1"] }],
  ];

  it.each(nowhere)("%s: counts for its account, and shares no bucket with other accounts", async (_, source) => {
    const store = spyingStore();
    const guard = createGuard({ store, ...handClock() });
    for (let i = 0; i < 10; i++) await (await guard.begin({ account: "ann", source: source as string })).conclude(wrong);
    expect((await guard.begin({ account: "ann", source: source as string })).decision.action).toBe("BLOCK");
    expect((await guard.begin({ account: "bob", source: source as string })).decision.action).toBe("ALLOW");
    expect([...store.journals.keys()].filter((key) => key.startsWith("{source"))).toEqual([]);
  });

  it("counts together with all other nowheres of its account: a malformed address is no way out", async () => {
    const guard = createGuard(handClock());
    for (let i = 0; i < 10; i++) await (await guard.begin({ account: "ann", source: nowhere[i]![1] as string })).conclude(wrong);
    expect((await guard.begin({ account: "ann", source: "not an address either" })).decision.action).toBe("BLOCK");
    expect((await guard.begin(attempt)).decision.action).toBe("ALLOW");
  });
});

describe("an account", () => {
  it.each<[string, string]>([
    ["of zero length", ""],
    ["of blanks", " \t\n"],
    ["of 513 characters", "x".repeat(513)],
    ["of 10 kB", "x".repeat(10_000)],
  ])("%s is no account: nothing is counted under it, a proof is wanted, and its source still is counted", async (_, account) => {
    const store = spyingStore();
    const guard = createGuard({ store, ...handClock() });
    for (let i = 0; i < 30; i++) await (await guard.begin({ account, source: "192.0.2.1" })).conclude(wrong);
    const { decision } = await guard.begin({ account, source: "192.0.2.1" });
    expect(decision).toMatchObject({ action: "CHALLENGE", degraded: [{ kind: "missing-field", detail: "account.id", did: "CHALLENGE" }] });
    expect([...new Set(store.exchanges.flat().map(({ key }) => key))]).toEqual(["{source:192.0.2.1}"]);
    expect(store.everything()).not.toContain("xxx");
  });

  it.each([
    "__proto__",
    "constructor",
    "toString",
    "\u0000",
    "\ud800",
    "{}",
    "a:b",
    "%",
    "ann\r\nSET x 1",
    "x".repeat(512),
    "\u{1f600}".repeat(256),
  ])("called %j is one like any other", async (account) => {
    const store = spyingStore();
    const guard = createGuard({ store, ...handClock() });
    for (let i = 0; i < 10; i++) await (await guard.begin({ account, source: "192.0.2.1" })).conclude(wrong);
    expect((await guard.begin({ account, source: "192.0.2.1" })).decision.action).toBe("BLOCK");
    expect((await guard.begin({ account: `${account.slice(1)}y`, source: "192.0.2.1" })).decision.action).not.toBe("BLOCK");
    for (const { key } of store.exchanges.flat()) expect(key).toMatch(/^\{[\x21-\x7a%]+\}[\x21-\x7a%]*$/);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("misuse that untyped code may commit", () => {
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "ann"],
    ["an empty object", {}],
    ["an account that is a number", { ...attempt, account: 7 }],
    ["an account that is null", { ...attempt, account: null }],
    ["an account that is a list", { ...attempt, account: ["ann"] }],
    ["a source that is a number", { ...attempt, source: 7 }],
    ["a tenant that is a number", { ...attempt, tenant: 7 }],
    ["a tenant of 513 characters", { ...attempt, tenant: "x".repeat(513) }],
    ["a kind that is none", { ...attempt, kind: "logout" }],
    ["the kind of an unlock, which is an operator's", { ...attempt, kind: "unlock" }],
    ["the kind of a proof, which belongs to its attempt", { ...attempt, kind: "mfa" }],
    ["a kind that every object has", { ...attempt, kind: "constructor" }],
  ])("begin with %s is a TypeError, and nothing is written", async (_, given) => {
    const store = spyingStore();
    await expect(createGuard({ store }).begin(given as never)).rejects.toThrow(TypeError);
    expect(store.exchanges).toEqual([]);
  });

  const noResults: readonly [string, unknown][] = [
    ["nothing", undefined],
    ["null", null],
    ["true", true],
    ["an empty object", {}],
    ["an ok that is a text", { ok: "true" }],
    ["an ok that is 1", { ok: 1 }],
    ["an ok that is a promise", { ok: Promise.resolve(true) }],
    ["a failure without a reason", { ok: false }],
    ["a failure whose reason is none", { ok: false, failure: 7 }],
    ["facts that are a text", { ok: true, account: "active" }],
    ["facts that are null", { ok: true, account: null }],
    ["factors that are a text", { ok: true, factors: "mfa" }],
    ["factors that are none", { ok: true, factors: [7] }],
    ["factors that are an object", { ok: true, factors: { length: 1, 0: "mfa" } }],
  ];

  it.each(noResults)("conclude with %s is a TypeError, admits nobody, and leaves the attempt open", async (_, result) => {
    const handle = await createGuard(handClock()).begin(attempt);
    await expect(handle.conclude(result as never)).rejects.toThrow(TypeError);
    expect(await handle.conclude(right)).toMatchObject({ admitted: true });
  });

  it.each([...noResults, ["no factors", { ok: true }] as const])("proof with %s is a TypeError, and counts nothing", async (_, result) => {
    const store = spyingStore();
    const handle = await createGuard({ store, ...handClock() }).begin(attempt);
    await handle.conclude(rightSoFar);
    const asked = store.exchanges.length;
    await expect(handle.proof(result as never)).rejects.toThrow(TypeError);
    expect(store.exchanges).toHaveLength(asked);
    expect(await handle.proof(code)).toMatchObject({ admitted: true });
  });

  it.each(noResults)("judge with %s admits nobody", async (_, result) => {
    await expect(createGuard(handClock()).judge(attempt, result as never)).rejects.toThrow(TypeError);
  });

  it("a reason that is not on the list is a failure like any", async () => {
    const guard = createGuard(handClock());
    for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude({ ok: false, failure: "because" as never });
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
  });

  it("facts cannot rename the account", async () => {
    const told = listener();
    const guard = createGuard({ ...handClock(), ...told.hooks });
    const account = { id: "root", status: "active" } as never;
    const handle = await guard.begin(attempt);
    await handle.conclude({ ok: true, account, awaiting: "mfa" });
    await handle.proof({ ok: true, factors: ["otp"], account });
    expect(handle.account).toBe("ann");
    expect([...new Set(told.decisions.map(({ event }) => event.account.id))]).toEqual(["ann"]);
    expect(await guard.exportAccount({ account: "root" })).toEqual([]);
  });

  it("a device id that is no text does not spoil what is remembered of the account", async () => {
    const guard = createGuard(handClock());
    for (const deviceId of [7, {}, [], null, true]) {
      const handle = await guard.begin({ ...attempt, client: { deviceId } as never });
      expect(handle.decision.degraded).toEqual([]);
      expect((await handle.conclude(wrong)).decision.degraded.map(({ kind }) => kind)).not.toContain("store-failure");
    }
    expect((await guard.begin(attempt)).decision).toMatchObject({ degraded: [] });
  });
});

describe("options that are not what they should be", () => {
  it.each<[string, unknown]>([
    ["a mode that is none", { mode: "off" }],
    ["something else to stand in for the store", { onStoreFailure: "ignore" }],
    ["nothing to stand in for the store", { onStoreFailure: null }],
    ["secrets that are a text", { secrets: "0123456789abcdef0123456789abcdef" }],
    ["no secrets in a list", { secrets: [] }],
    ["a secret that is none", { secrets: [undefined] }],
    ["a secret of 31 bytes", { secrets: ["x".repeat(31)] }],
    ["an old secret of 31 bytes", { secrets: ["x".repeat(32), "x".repeat(31)] }],
    ["a deadline of no time", { deadline: { seconds: 0 } }],
    ["a deadline in no unit", { deadline: 250 }],
    ["a time to conclude in an unknown unit", { attemptWithin: { fortnights: 1 } }],
    ["a time for devices before now", { deviceWithin: { days: -1 } }],
  ])("%s: refused when the guard is made", (_, options) => {
    expect(() => createGuard(options as GuardOptions)).toThrow(/^(?!.*0123456789abcdef).*expected/);
  });

  it("a secret is never in a message", () => {
    expect(() => createGuard({ secrets: ["hunter2"] })).toThrow(/^(?!.*hunter2)/);
  });

  it.each<[string, () => number]>([
    ["no number", () => Number.NaN],
    ["a time before all times", () => -1],
    ["no end", () => Number.POSITIVE_INFINITY],
  ])("a clock that gives %s is misuse at the call, and spoils nothing", async (_, broken) => {
    let clock = handClock().clock;
    const store = spyingStore();
    const guard = createGuard({ store, clock: () => clock() });
    const handle = await guard.begin(attempt);
    await handle.conclude(rightSoFar);
    const good = clock;
    clock = broken;
    await expect(guard.begin(attempt)).rejects.toThrow(TypeError);
    await expect(handle.proof(code)).rejects.toThrow(TypeError);
    await expect(guard.unlock({ account: "ann" }, { reason: "test", actor: "me" })).rejects.toThrow(TypeError);
    clock = good;
    expect((await guard.begin(attempt)).decision.degraded).toEqual([]);
    expect(await handle.proof(code)).toMatchObject({ admitted: true });
  });
});
