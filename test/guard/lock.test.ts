import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import { StoreError } from "../../src/stores/store-error.js";
import { handClock } from "../support/hand-clock.js";
import { type Listener, listener } from "../support/listener.js";
import { disabled, right, wrong } from "../support/results.js";
import { unsteadyStore } from "../support/unsteady-store.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const why = { reason: "verified-reset", actor: "support:7" };
const fail = async (guard: Guard, times: number, from: { account: string; source: string } = attempt): Promise<void> => {
  for (let i = 0; i < times; i++) await (await guard.begin(from)).conclude(wrong);
};
const begun = async (guard: Guard, from: Parameters<Guard["begin"]>[0] = attempt): Promise<string> => {
  const handle = await guard.begin(from);
  await handle.cancel();
  return handle.decision.action;
};
const watched = (
  options: Parameters<typeof createGuard>[0] = {},
): { guard: Guard; told: Listener; goOn: ReturnType<typeof handClock>["goOn"]; clock: () => number } => {
  const { clock, goOn } = handClock();
  const told = listener();
  return { guard: createGuard({ clock, ...told.hooks, ...options }), told, goOn, clock };
};

describe("a lock that begins", () => {
  it("is told at the failure that reaches the limit, with its rules and its end", async () => {
    const { guard, told, clock } = watched();
    await fail(guard, 9);
    expect(told.locks).toEqual([]);
    await fail(guard, 1);
    expect(told.locks).toMatchObject([
      { change: "locked", rules: ["failed-attempts"], until: clock() + 15 * 60_000, event: { outcome: "failure", account: { id: "ann" } } },
    ]);
  });

  it("is told once, however many attempts run into it", async () => {
    const { guard, told } = watched();
    await fail(guard, 40);
    expect(told.locks).toHaveLength(1);
  });

  it.each([10, 11, 40, 128])("is told once where %s guesses fail at once", async (guesses) => {
    const { guard, told } = watched();
    await Promise.all(Array.from({ length: guesses }, async () => (await guard.begin(attempt)).conclude(wrong)));
    expect(told.locks).toHaveLength(1);
  });

  it("is told once by two guards on one store, where guesses fail at once on both", async () => {
    const { clock } = handClock();
    const told = listener();
    const store = memoryStore({ clock });
    const guards = [createGuard({ clock, store, ...told.hooks }), createGuard({ clock, store, ...told.hooks })];
    const handles = await Promise.all(Array.from({ length: 10 }, (_, i) => guards[i % 2]!.begin(attempt)));
    await Promise.all(handles.map((handle) => handle.conclude(wrong)));
    expect(told.locks).toHaveLength(1);
  });

  it("is not told where the reservations of others are only in the way for now", async () => {
    const { guard, told } = watched();
    const handles = await Promise.all(Array.from({ length: 20 }, () => guard.begin(attempt)));
    expect(told.locks).toEqual([]);
    await Promise.all(handles.map((handle) => handle.conclude(right)));
    expect(told.locks).toEqual([]);
  });

  it("by refused logins is told like one by wrong passwords", async () => {
    const { guard, told } = watched();
    for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude(disabled);
    expect(told.locks).toMatchObject([{ change: "locked", rules: ["failed-attempts"] }]);
  });

  it("of a whole source is told too, with the rule of its detector", async () => {
    const { guard, told } = watched();
    for (let i = 0; i < 5; i++) await fail(guard, 1, { account: `user${i}`, source: "192.0.2.1" });
    expect(told.locks).toMatchObject([{ change: "locked", rules: ["while-password-spraying"] }]);
  });

  it("is not told again by a failure that was under way when it began", async () => {
    const { guard, told } = watched();
    const underWay = await guard.begin({ account: "ann", source: "192.0.2.1" });
    for (let i = 0; i < 5; i++) await fail(guard, 1, { account: `user${i}`, source: "192.0.2.1" });
    await underWay.conclude(wrong);
    expect(told.locks).toMatchObject([{ change: "locked", rules: ["while-password-spraying"] }]);
  });

  it("again, after it lifted, is told again", async () => {
    const { guard, told, goOn } = watched();
    await fail(guard, 10);
    goOn({ minutes: 15 });
    await fail(guard, 10);
    expect(told.locks).toHaveLength(2);
  });

  it("is no lock where it only flags or challenges", async () => {
    const { guard, told } = watched();
    for (let i = 0; i < 60; i++) await fail(guard, 1, { account: "ann", source: `192.0.2.${i % 20}` });
    expect(told.locks).toEqual([]);
  });
});

describe("an unlock", () => {
  it("of an account forgives all its sources, and is told with its reason and actor", async () => {
    const { guard, told, goOn } = watched();
    await fail(guard, 10);
    await fail(guard, 10, { account: "ann", source: "192.0.2.2" });
    goOn({ seconds: 1 });
    await guard.unlock({ account: " ANN " }, why);
    goOn({ seconds: 1 });
    expect([await begun(guard), await begun(guard, { account: "ann", source: "192.0.2.2" })]).toEqual(["ALLOW", "ALLOW"]);
    expect(told.locks.at(-1)).toMatchObject({
      change: "unlocked",
      ...why,
      event: { kind: "unlock", outcome: "success", account: { id: " ANN " } },
    });
  });

  it("of an account leaves others locked", async () => {
    const { guard, goOn } = watched();
    await fail(guard, 10);
    await fail(guard, 10, { account: "bob", source: "192.0.2.9" });
    goOn({ seconds: 1 });
    await guard.unlock({ account: "ann" }, why);
    expect([await begun(guard), await begun(guard, { account: "bob", source: "192.0.2.9" })]).toEqual(["ALLOW", "BLOCK"]);
  });

  it("is none for what comes after it: the count begins again", async () => {
    const { guard, told, goOn } = watched();
    await fail(guard, 10);
    goOn({ seconds: 1 });
    await guard.unlock({ account: "ann" }, why);
    goOn({ seconds: 1 });
    await fail(guard, 10);
    expect(await begun(guard)).toBe("BLOCK");
    expect(told.locks.map(({ change }) => change)).toEqual(["locked", "unlocked", "locked"]);
  });

  it("of a source forgives what it did to many accounts", async () => {
    const { guard, told, goOn } = watched();
    for (let i = 0; i < 6; i++) await fail(guard, 1, { account: `user${i}`, source: "192.0.2.1" });
    expect(await begun(guard, { account: "honest", source: "192.0.2.1" })).toBe("BLOCK");
    goOn({ seconds: 1 });
    await guard.unlock({ source: "::ffff:192.0.2.1" }, why);
    goOn({ seconds: 1 });
    expect(await begun(guard, { account: "honest", source: "192.0.2.1" })).toBe("ALLOW");
    expect(told.locks.at(-1)).toMatchObject({ change: "unlocked", ...why, event: { source: { ip: "::ffff:192.0.2.1" } } });
  });

  it("of a source leaves the lock of an account that it guessed at", async () => {
    const { guard, goOn } = watched();
    await fail(guard, 10);
    goOn({ seconds: 1 });
    await guard.unlock({ source: "192.0.2.1" }, why);
    goOn({ seconds: 1 });
    expect(await begun(guard)).toBe("BLOCK");
  });

  it("of an account in one tenant leaves its namesake in another locked", async () => {
    const { guard, goOn } = watched();
    for (const tenant of ["acme", "initech"]) {
      for (let i = 0; i < 10; i++) await (await guard.begin({ ...attempt, tenant })).conclude(wrong);
    }
    goOn({ seconds: 1 });
    await guard.unlock({ account: "ann", tenant: "acme" }, why);
    goOn({ seconds: 1 });
    expect([await begun(guard, { ...attempt, tenant: "acme" }), await begun(guard, { ...attempt, tenant: "initech" })]).toEqual([
      "ALLOW",
      "BLOCK",
    ]);
  });

  it("of proofs forgives them with the account", async () => {
    const { guard, goOn } = watched({ attemptWithin: { hours: 1 } });
    const handle = await guard.begin(attempt);
    await handle.conclude({ ...right, awaiting: "mfa" } as typeof right);
    for (let i = 0; i < 10; i++) await handle.proof({ ok: false, failure: "mfa-failed" });
    goOn({ seconds: 1 });
    expect(await handle.proof({ ok: true, factors: ["otp"] })).toMatchObject({ admitted: false });
    await guard.unlock({ account: "ann" }, why);
    goOn({ seconds: 1 });
    expect(await handle.proof({ ok: true, factors: ["otp"] })).toMatchObject({ admitted: true });
  });

  it("of what is not locked does nothing but say so", async () => {
    const { guard, told } = watched();
    await guard.unlock({ account: "nobody" }, why);
    expect(told.locks).toHaveLength(1);
    expect(await begun(guard, { account: "nobody", source: "192.0.2.1" })).toBe("ALLOW");
  });

  it.each<[string, unknown, unknown]>([
    ["nobody", {}, why],
    ["an account and a source", { account: "ann", source: "192.0.2.1" }, why],
    ["the empty account", { account: "" }, why],
    ["an account of 513 characters", { account: "x".repeat(513) }, why],
    ["an account that is no text", { account: 7 }, why],
    ["an address that is none", { source: "999.1.1.1" }, why],
    ["the empty address", { source: "" }, why],
    ["an address that is no text", { source: 7 }, why],
    ["a tenant that is no text", { account: "ann", tenant: 7 }, why],
    ["no reason", { account: "ann" }, { actor: "me" }],
    ["an empty reason", { account: "ann" }, { reason: "", actor: "me" }],
    ["no actor", { account: "ann" }, { reason: "test" }],
    ["an empty actor", { account: "ann" }, { reason: "test", actor: "" }],
    ["nothing at all", undefined, why],
    ["no unlocking", { account: "ann" }, undefined],
  ])("for %s is misuse, told to nobody and written nowhere", async (_, subject, unlocking) => {
    const { guard, told } = watched();
    await expect(guard.unlock(subject as never, unlocking as never)).rejects.toThrow(TypeError);
    expect(told.locks).toEqual([]);
  });

  it("that the store did not take is a StoreError and told to nobody, whatever stands in for the store", async () => {
    for (const onStoreFailure of ["allow", "challenge", "block", "local"] as const) {
      const store = unsteadyStore();
      const { guard, told } = watched({ store, onStoreFailure });
      store.fate = "rejects";
      await expect(guard.unlock({ account: "ann" }, why)).rejects.toThrow(StoreError);
      expect(told.locks).toEqual([]);
    }
  });

  it("does not lift a lock of a policy that knows no unlocking, and says so to nobody's harm", async () => {
    const { guard } = watched({ policy: createDefaultPolicy({ modes: { "failed-attempts": "off" } }) });
    await expect(guard.unlock({ account: "ann" }, why)).resolves.toBeUndefined();
  });
});

describe("a lock of further proofs", () => {
  it("is told when it begins, once", async () => {
    const told = listener();
    const guard = createGuard(told.hooks);
    const handle = await guard.begin({ account: "mia", source: "192.0.2.7" });
    await handle.conclude({ ok: true, awaiting: "mfa" });
    for (let n = 0; n < 10; n++) await handle.proof({ ok: false, failure: "mfa-failed" });
    expect((await handle.proof({ ok: true, factors: ["otp"] })).decision.action).toBe("BLOCK");
    expect(told.locks).toMatchObject([{ change: "locked", rules: ["failed-proofs"] }]);
  });
});
