import { describe, expect, it } from "vitest";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { right, rightSoFar, wrong, wrongCode } from "../support/results.js";
import { spyingStore } from "../support/spying-store.js";

const from = (tenant: string | undefined, account = "ann", source = "192.0.2.1") => ({
  account,
  source,
  ...(tenant === undefined ? {} : { tenant }),
});

/** Tenants that a careless key would take for one another. */
const tenants: readonly (string | undefined)[] = [
  undefined,
  "",
  "a",
  "a:",
  "aa",
  ":",
  "acme",
  "\u0000",
  "\u00001:a",
  "%",
  "{",
  "}",
  "__proto__",
];
const others = tenants.flatMap((one) => tenants.filter((other) => other !== one).map((other) => [one, other] as const));

describe.each(others)("tenants %j and %j", (one, other) => {
  it("share no group of the store, whatever the accounts are called", async () => {
    const store = spyingStore();
    const guard = createGuard({ store });
    const keys = async (tenant: string | undefined): Promise<string[]> => {
      const first = store.exchanges.length;
      for (const account of ["ann", "\u00001:aann", ":ann", "a", "aann"])
        await guard.begin({ ...from(tenant, account), client: { deviceId: "laptop" } });
      return store.exchanges.slice(first).flatMap((parts) => parts.map(({ key }) => key));
    };
    const [own, foreign] = [await keys(one), await keys(other)];
    expect(own.filter((key) => foreign.includes(key))).toEqual([]);
  });
});

describe("tenants", () => {
  it("lock, forgive, recognise and count each for itself", async () => {
    const { clock, goOn } = handClock();
    const told = listener();
    const guard = createGuard({ clock, ...told.hooks });
    for (let i = 0; i < 10; i++) await (await guard.begin(from("acme"))).conclude(wrong);
    expect((await guard.begin(from("acme"))).decision.action).toBe("BLOCK");
    for (const tenant of [undefined, "", "initech"]) expect((await guard.begin(from(tenant))).decision.action).toBe("ALLOW");
    goOn({ seconds: 1 });
    await guard.unlock({ account: "ann" }, { reason: "test", actor: "me" });
    await guard.unlock({ account: "ann", tenant: "initech" }, { reason: "test", actor: "me" });
    await (await guard.begin(from("initech"))).conclude(right);
    goOn({ seconds: 1 });
    expect((await guard.begin(from("acme"))).decision.action).toBe("BLOCK");
    expect(told.detections).toMatchObject([{ detector: "brute-force", subject: { tenant: "acme", account: "ann" } }]);
  });

  it("sources that spray in one of them are welcome in another", async () => {
    const guard = createGuard(handClock());
    for (let i = 0; i < 6; i++) await (await guard.begin(from("acme", `user${i}`))).conclude(wrong);
    expect((await guard.begin(from("acme", "honest"))).decision.action).toBe("BLOCK");
    expect((await guard.begin(from("initech", "honest"))).decision.action).toBe("ALLOW");
  });

  it("count proofs each for itself", async () => {
    const guard = createGuard(handClock());
    const waiting = async (tenant: string) => {
      const handle = await guard.begin(from(tenant));
      await handle.conclude(rightSoFar);
      return handle;
    };
    const [acme, initech] = [await waiting("acme"), await waiting("initech")];
    for (let i = 0; i < 10; i++) await acme.proof(wrongCode);
    expect((await acme.proof(wrongCode)).decision.action).toBe("BLOCK");
    expect((await initech.proof(wrongCode)).decision.action).toBe("ALLOW");
  });

  it("export and forget each their own accounts", async () => {
    const lived = async (guard: Guard): Promise<void> => {
      for (const tenant of tenants) await (await guard.begin(from(tenant))).conclude(wrong);
    };
    const guard = createGuard(handClock());
    await lived(guard);
    const name = (tenant: string | undefined) => ({ account: "ann", ...(tenant === undefined ? {} : { tenant }) });
    expect(await guard.forget(name("acme"))).toBe(2);
    for (const tenant of tenants) expect(await guard.exportAccount(name(tenant))).toHaveLength(tenant === "acme" ? 0 : 2);
  });

  it("an account without a tenant is not taken for one of a tenant by what its name begins with", async () => {
    const guard = createGuard(handClock());
    await (await guard.begin(from("acme"))).conclude(wrong);
    const disguised = "\u00004:acmeann";
    expect(await guard.exportAccount({ account: disguised })).toEqual([]);
    expect(await guard.forget({ account: disguised })).toBe(0);
    await (await guard.begin(from(undefined, disguised))).conclude(wrong);
    expect(await guard.exportAccount({ account: "ann", tenant: "acme" })).toHaveLength(2);
    expect(await guard.exportAccount({ account: disguised })).toHaveLength(2);
  });
});
