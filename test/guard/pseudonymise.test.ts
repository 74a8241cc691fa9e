import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byAccountAndDevice, byAccountAndSource, bySource } from "../../src/core/aggregates/grouping.js";
import type { Decision } from "../../src/core/model/decision.js";
import type { Detection } from "../../src/core/model/detection.js";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { defaultPolicy } from "../../src/core/policies/default.js";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import type { GuardOptions } from "../../src/guard/guard-options.js";
import { type Attempt, attempts } from "../support/attempts.js";
import { fourKinds } from "../support/four-kinds.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { numbered } from "../support/numbered.js";
import { right, wrong } from "../support/results.js";
import { spyingStore } from "../support/spying-store.js";

const pseudonymise = { key: "a-key-of-at-least-thirty-two-bytes!" };

interface Heard {
  readonly decisions: readonly Decision[];
  readonly detections: readonly Detection[];
  readonly locks: readonly unknown[];
}

/** What a guard says to attempts in their order, each begun and ended at once or left alone. */
async function replay(list: readonly Attempt[], options: GuardOptions): Promise<Heard> {
  let now = 0;
  const told = listener();
  const guard = createGuard({ clock: () => now, newId: numbered(), ...told.hooks, ...options });
  for (const { event, ends } of list) {
    now = Math.max(now, event.at);
    if (event.kind === "unlock") {
      await guard.unlock({ account: event.account.id, ...tenantOf(event) }, { reason: "test", actor: "me" });
      continue;
    }
    const handle = await guard.begin({
      account: event.account.id,
      source: event.source,
      kind: "login",
      ...tenantOf(event),
      ...clientOf(event),
    });
    if (ends !== undefined)
      await handle.conclude(ends.outcome === "success" ? right : { ok: false, failure: ends.failure ?? "wrong-password" });
  }
  return { decisions: told.decisions.map(({ decision }) => decision), detections: told.detections, locks: told.locks };
}

const tenantOf = ({ tenant }: LoginEvent) => (tenant === undefined ? {} : { tenant });
const clientOf = ({ client }: LoginEvent) => (client === undefined ? {} : { client });

/** The same, with the values inside facts left out: they are names, and names are pseudonyms. */
function nameless(heard: Heard): unknown {
  return JSON.parse(JSON.stringify(heard), (name, value) =>
    ["targets", "probes", "accounts", "counts"].includes(name) ? undefined : value,
  );
}

describe("pseudonyms", () => {
  it.each([
    ["the default policy", defaultPolicy],
    ["all four kinds of memory", fourKinds],
  ])("change no decision, no detection and no lock under %s", async (_, policy) => {
    const drawn = attempts({
      minLength: 15,
      maxLength: 40,
      seconds: 40,
      accounts: ["ann", "\u00c4nn", "bob", "a\ud800", "a\ufffd"],
      tenants: [undefined, "acme"],
    });
    await fc.assert(
      fc.asyncProperty(drawn, async (list) => {
        const sorted = list.toSorted((a, b) => a.event.at - b.event.at);
        expect(nameless(await replay(sorted, { policy, pseudonymise }))).toEqual(nameless(await replay(sorted, { policy })));
      }),
      { numRuns: 60 },
    );
  });

  it("leave the names in what is told: hooks hear of accounts as they are", async () => {
    const told = listener();
    const guard = createGuard({ ...handClock(), pseudonymise, ...told.hooks });
    for (let i = 0; i < 10; i++) await (await guard.begin({ account: "Ann", source: "192.0.2.1" })).conclude(wrong);
    expect(told.detections).toMatchObject([{ subject: { by: "account-and-source", account: "ann", source: "192.0.2.1" } }]);
    expect(told.locks).toMatchObject([{ event: { account: { id: "Ann" }, source: { ip: "192.0.2.1" } } }]);
  });
});

describe("the store of a guard with pseudonyms", () => {
  const [account, source, device] = ["ann.person@example.com", "198.51.100.77", "device-4711"];
  const secrets = ["0123456789abcdef0123456789abcdef"];

  async function lived(options: GuardOptions = {}): Promise<{ guard: Guard; store: ReturnType<typeof spyingStore> }> {
    const { clock, goOn } = handClock();
    const store = spyingStore({ clock });
    const guard = createGuard({ clock, store, pseudonymise, secrets, newId: numbered(), ...options });
    const from = { account, source, client: { deviceId: device }, tenant: "acme" };
    for (let i = 0; i < 60; i++) {
      const handle = await guard.begin(from);
      if (i % 10 === 0) await handle.cancel();
      else
        await handle.conclude(
          i % 10 === 1 ? { ok: true, account: { status: "active", type: "human" }, awaiting: "mfa" } : i % 5 === 2 ? right : wrong,
        );
      if (i % 10 === 1) await handle.proof({ ok: true, factors: ["otp"] });
      if (i % 10 === 2) await handle.deviceToken().catch(() => undefined);
      goOn({ seconds: 40 });
    }
    for (let i = 0; i < 8; i++)
      await (await guard.begin({ ...from, account: `${i}${account}` })).conclude({ ok: false, failure: "unknown-account" });
    await guard.unlock({ account, tenant: "acme" }, { reason: "test", actor: "me" });
    await guard.unlock({ source, tenant: "acme" }, { reason: "test", actor: "me" });
    await guard.exportAccount({ account, tenant: "acme" });
    return { guard, store };
  }

  it("is never told an account, an address or a device: not in a key, an owner, a journal or a fold", async () => {
    const { store } = await lived();
    const everything = store.everything();
    expect(store.folds.length).toBeGreaterThan(0);
    expect(everything.length).toBeGreaterThan(10_000);
    for (const name of [account, "ann.person", "example.com", source, "198.51.100", device, "4711"]) expect(everything).not.toContain(name);
  });

  it("is told them without: the spy sees what there is to see", async () => {
    const { store } = await lived({ pseudonymise: undefined as never });
    for (const name of [account, source, device]) expect(store.everything()).toContain(name);
  });

  it("is told no reason and no actor either", async () => {
    const { guard, store } = await lived();
    await guard.unlock({ account }, { reason: "because-of-this", actor: "operator-12" });
    expect(store.everything()).not.toMatch(/because-of-this|operator-12/);
  });

  it("forgets and exports by the name as it was typed", async () => {
    const { guard } = await lived();
    const name = { account: ` ${account.toUpperCase()} `, tenant: "acme" };
    const groups = await guard.exportAccount(name);
    expect(groups.map(({ by }) => by)).toEqual(expect.arrayContaining(["account", byAccountAndSource.name, byAccountAndDevice.name]));
    expect(groups.map(({ by }) => by)).not.toContain(bySource.name);
    expect(JSON.stringify(groups)).not.toContain("ann.person");
    expect(await guard.forget(name)).toBe(groups.length);
    expect(await guard.exportAccount(name)).toEqual([]);
  });

  it("knows nobody again under another key", async () => {
    const { clock } = handClock();
    const store = spyingStore({ clock });
    const attempt = { account, source };
    const one = createGuard({ clock, store, pseudonymise });
    for (let i = 0; i < 10; i++) await (await one.begin(attempt)).conclude(wrong);
    expect((await one.begin(attempt)).decision.action).toBe("BLOCK");
    const other = createGuard({ clock, store, pseudonymise: { key: "another-key-of-at-least-32-bytes!!" } });
    expect((await other.begin(attempt)).decision.action).toBe("ALLOW");
  });

  it("tells tenants, accounts, sources and devices of one name apart", async () => {
    const store = spyingStore();
    const guard = createGuard({ store, pseudonymise });
    const name = "192.0.2.1";
    for (const tenant of [undefined, "", "a", "aa"]) {
      await guard.begin({ account: name, source: name, client: { deviceId: name }, ...(tenant === undefined ? {} : { tenant }) });
    }
    // every key ends with the pseudonym of an account, a source or a device
    const pseudonyms = store.exchanges.flat().map(({ key }) => key.replace(/\}$/, "").slice(-22));
    expect(new Set(pseudonyms).size).toBe(4 * 3);
  });
});

describe("a key", () => {
  it.each<[string, unknown, typeof RangeError | typeof TypeError]>([
    ["of 31 bytes", "x".repeat(31), RangeError],
    ["of no bytes", "", RangeError],
    ["that is none", undefined, TypeError],
    ["that is a number", 7, TypeError],
  ])("%s is refused when the guard is made, without showing it", (_, key, kind) => {
    const make = () => createGuard({ pseudonymise: { key: key as string } });
    expect(make).toThrow(kind);
    expect(make).toThrow(/`pseudonymise.key`/);
  });

  it.each([
    ["of 32 bytes", "x".repeat(32)],
    ["of 16 letters of two bytes", "\u00e9".repeat(16)],
  ])("%s will do", (_, key) => expect(() => createGuard({ pseudonymise: { key } })).not.toThrow());
});
