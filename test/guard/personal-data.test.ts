import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readJournal } from "../../src/core/journal/read-journal.js";
import { createContext } from "../../src/guard/context.js";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import { type AccountName, forgetAccount } from "../../src/guard/personal-data.js";
import { StoreError } from "../../src/stores/store-error.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { numbered } from "../support/numbered.js";
import { right, wrong } from "../support/results.js";
import { spyingStore } from "../support/spying-store.js";
import { type Fate, unsteadyStore } from "../support/unsteady-store.js";

const attempt = { account: "ann", source: "192.0.2.1", client: { deviceId: "laptop" } };
const live = async (guard: Guard, from: Parameters<Guard["begin"]>[0] = attempt): Promise<void> => {
  await (await guard.begin(from)).conclude(wrong);
  await (await guard.begin(from)).conclude(right);
};

describe("export", () => {
  it("tells what is remembered of an account, of it with each source and each device, by the names of what is remembered", async () => {
    const guard = createGuard({ ...handClock(1_000), newId: numbered() });
    await live(guard);
    await live(guard, { account: "ann", source: "2001:db8::1" });
    const groups = await guard.exportAccount({ account: "ann" });
    expect(groups.map(({ by, key }) => `${by} ${key}`).sort()).toEqual([
      "account ann",
      "account-and-device 3:annlaptop",
      "account-and-source 3:ann192.0.2.1",
      "account-and-source 3:ann2001:db8::/64",
    ]);
    const pair = groups.find(({ key }) => key === "3:ann192.0.2.1")!;
    expect(pair).toMatchObject({ at: 1_000, remembered: { "count where failed by account-and-source": { settled: [[1_000, "a1"]] } } });
  });

  it("of whom nothing is known is empty", async () => {
    const guard = createGuard(handClock());
    await live(guard);
    for (const account of ["bob", "an", "anna", "__proto__"]) expect(await guard.exportAccount({ account })).toEqual([]);
  });

  it("finds an account under every spelling, and names of any characters", async () => {
    const guard = createGuard(handClock());
    for (const account of ["Zo\u00eb", "\u0000", "a:b", "{ann}", "a}b", "%0041", "\ud800", "__proto__", "x".repeat(510)]) {
      await live(guard, { account, source: "192.0.2.1" });
      const groups = await guard.exportAccount({ account: ` ${account.toUpperCase()} ` });
      expect(groups.map(({ by }) => by).sort()).toEqual(["account", "account-and-source"]);
    }
  });

  it("tells of what has expired no more", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock });
    await live(guard, { account: "ann", source: "192.0.2.1" });
    goOn({ days: 1 });
    expect(await guard.exportAccount({ account: "ann" })).toEqual([]);
  });

  it("is plain data", async () => {
    const guard = createGuard(handClock());
    await live(guard);
    const groups = await guard.exportAccount({ account: "ann" });
    expect(JSON.parse(JSON.stringify(groups))).toEqual(groups);
  });
});

describe("forget", () => {
  it("removes all groups of the account, says how many, and leaves those of others", async () => {
    const guard = createGuard(handClock());
    await live(guard);
    await live(guard, { ...attempt, account: "bob" });
    expect(await guard.forget({ account: " ANN " })).toBe(3);
    expect(await guard.forget({ account: "ann" })).toBe(0);
    expect(await guard.exportAccount({ account: "ann" })).toEqual([]);
    expect(await guard.exportAccount({ account: "bob" })).toHaveLength(3);
  });

  it("leaves the account's name inside its sources until their window ends, as it says", async () => {
    const { clock, goOn } = handClock();
    const store = spyingStore({ clock });
    const guard = createGuard({ clock, store });
    await live(guard, { account: "ann.person", source: "192.0.2.1" });
    await guard.forget({ account: "ann.person" });
    await live(guard, { account: "bob", source: "192.0.2.1" });
    expect(store.journals.get("{source:192.0.2.1}")).toContain("ann.person");
    goOn({ hours: 3 });
    await live(guard, { account: "bob", source: "192.0.2.1" });
    expect(store.journals.get("{source:192.0.2.1}")).not.toContain("ann.person");
  });

  it("takes what is counted with it: the account begins anew", async () => {
    const { clock } = handClock();
    const guard = createGuard({ clock });
    for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude(wrong);
    await guard.forget({ account: "ann" });
    expect((await guard.begin({ ...attempt, source: "192.0.2.2" })).decision.action).toBe("ALLOW");
  });

  it("reaches what this process counted by itself while the store was away", async () => {
    const store = unsteadyStore();
    const guard = createGuard({ store });
    store.fate = "rejects";
    for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude(wrong);
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
    store.fate = "works";
    await guard.forget({ account: "ann" });
    store.fate = "rejects";
    expect((await guard.begin(attempt)).decision).toMatchObject({ action: "ALLOW", degraded: [{ kind: "store-failure" }] });
  });

  it("leaves nothing of it in what this process remembers of journals", async () => {
    const context = createContext({});
    const form = context.forms[0]!;
    const journal = Array.from({ length: 9 }, (_, i) => `[${i},"ann",0],`).join("");
    context.memo.note("{ann}account:ann", { journal, after: readJournal(journal, form, 0).after });
    expect(context.memo.recall("{ann}account:ann")).toBeDefined();
    await forgetAccount(context, { account: "ann" });
    expect(context.memo.recall("{ann}account:ann")).toBeUndefined();
  });

  it("does not stop an attempt that is under way", async () => {
    const guard = createGuard(handClock());
    const handle = await guard.begin(attempt);
    await guard.forget({ account: "ann" });
    expect(await handle.conclude(right)).toMatchObject({ admitted: true });
  });
});

describe.each<[string, (guard: Guard, name?: AccountName) => Promise<unknown>]>([
  ["forget", (guard, name = { account: "ann" }) => guard.forget(name)],
  ["export", (guard, name = { account: "ann" }) => guard.exportAccount(name)],
])("%s", (_, call) => {
  it.each<[string, Fate]>([
    ["rejects", "rejects"],
    ["throws", "throws"],
  ])("is a StoreError `unreachable` when the store %s, with the cause", async (_, fate) => {
    const store = unsteadyStore();
    const guard = createGuard({ store });
    store.fate = fate;
    const error = await call(guard).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: "unreachable", cause: expect.any(Error) });
  });

  it("says what the store said, where that is a StoreError itself", async () => {
    const store = unsteadyStore();
    const own = new StoreError("nonsense", "the reply was no list");
    store.fate = { gives: () => Promise.reject(own) };
    await expect(call(createGuard({ store }))).rejects.toMatchObject({ code: "nonsense", cause: own });
  });

  it.each<[string, unknown]>([
    ["the empty account", { account: "" }],
    ["blanks", { account: "  " }],
    ["an account of 513 characters", { account: "x".repeat(513) }],
    ["no text", { account: 7 }],
    ["nothing", {}],
  ])("of %s is misuse", async (_, name) => {
    await expect(call(createGuard(), name as AccountName)).rejects.toThrow(TypeError);
  });
});

describe("a store that never answers an operator", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  it("is given up after ten seconds", async () => {
    const store = unsteadyStore();
    const guard = createGuard({ store });
    store.fate = "hangs";
    const calls = [guard.forget({ account: "ann" }), guard.exportAccount({ account: "ann" })].map((call) =>
      call.catch((error: unknown) => error),
    );
    await vi.advanceTimersByTimeAsync(10_000);
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ name: "StoreError", code: "deadline" });
  });
});

describe("what is no journal", () => {
  it.each<[string, unknown]>([
    ["no list", null],
    ["a list of nothing", [null]],
    ["an error page for a journal", [{ key: "{ann}account:ann", journal: "<html>" }]],
    ["a journal that is no text", [{ key: "{ann}account:ann", journal: 7 }]],
    ["a key that is none", [{ key: 7, journal: "" }]],
  ])("exported: %s is a StoreError `nonsense` that quotes nothing of it", async (_, answer) => {
    const store = unsteadyStore();
    const guard = createGuard({ store });
    store.fate = { answers: () => answer };
    const error = (await guard.exportAccount({ account: "ann" }).catch((reason: unknown) => reason)) as StoreError;
    expect(error).toMatchObject({ name: "StoreError", code: "nonsense" });
    expect(error.message).not.toMatch(/html|ann/);
  });

  it("of another policy's groupings is passed over", async () => {
    const store = unsteadyStore();
    const guard = createGuard({ store });
    store.fate = { answers: () => [{ key: "{ann}somebody-elses:ann", journal: '[1,"a",0],' }] };
    expect(await guard.exportAccount({ account: "ann" })).toEqual([]);
  });
});

it("neither tells any hook: what an operator asks is no login", async () => {
  const told = listener();
  const guard = createGuard(told.hooks);
  await guard.forget({ account: "ann" });
  await guard.exportAccount({ account: "ann" });
  await sleep(0);
  expect([told.decisions, told.locks, told.faults]).toEqual([[], [], []]);
});
