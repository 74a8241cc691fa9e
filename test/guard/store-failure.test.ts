import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { createGuard } from "../../src/guard/create-guard.js";
import type { StoreFailurePolicy } from "../../src/guard/guard-options.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import type { LoginStore, StoreAnswer } from "../../src/stores/store.js";
import { listener } from "../support/listener.js";
import { code, right, rightSoFar, wrong, wrongCode } from "../support/results.js";
import { type Fate, lateness, unsteadyStore } from "../support/unsteady-store.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const deadline = { seconds: 0.05 };
const secrets = ["0123456789abcdef0123456789abcdef"];

/** Makes something of every single answer of an exchange. */
const each = (make: (answer: StoreAnswer) => unknown): Fate => ({
  answers: (answer: unknown) => (Array.isArray(answer) ? answer.map(make) : undefined),
});

/** An object that is waited for like a promise. */
function thenableThat(then: (resolve: () => void, reject: () => void) => void): unknown {
  return { then };
}

const fates: readonly [string, Fate][] = [
  ["rejects", "rejects"],
  ["throws before there is a promise", "throws"],
  ["never answers", "hangs"],
  ["answers too late", "late"],
  ["rejects too late", "rejects late"],
  ["gives no promise: undefined", { gives: () => undefined }],
  ["gives no promise: a list", { gives: () => [] }],
  [
    "gives a promise that throws when it is waited for",
    {
      gives: () =>
        thenableThat(() => {
          throw new Error("no");
        }),
    },
  ],
  ["answers nothing", { answers: () => undefined }],
  ["answers null", { answers: () => null }],
  ["answers a text", { answers: () => "OK" }],
  ["answers an object", { answers: () => ({ length: 3 }) }],
  ["answers one part too few", { answers: (list: readonly unknown[]) => list.slice(1) }],
  ["answers one part too many", { answers: (list: readonly unknown[]) => [...list, ...list] }],
  ["answers null for a part", each(() => null)],
  ["answers undefined for a part", each(() => undefined)],
  ["answers an empty object for a part", each(() => ({}))],
  ["answers without a time", each(({ journal }) => ({ journal }))],
  ["answers a time that is a text", each(({ at, journal }) => ({ at: `${at}`, journal }))],
  ["answers a time that is none", each(({ journal }) => ({ at: Number.NaN, journal }))],
  ["answers a time before all times", each(({ journal }) => ({ at: -1, journal }))],
  ["answers a time behind all times", each(({ journal }) => ({ at: 1e300, journal }))],
  ["answers a journal that is null", each(({ at }) => ({ at, journal: null }))],
  ["answers a journal that is a number", each(({ at }) => ({ at, journal: 7 }))],
  ["answers a journal that is an error page", each(({ at }) => ({ at, journal: "<html>502</html>" }))],
  ["answers a journal that was cut off at its end", each(({ at, journal }) => ({ at, journal: journal?.slice(0, -2) }))],
  ["answers a journal that was cut off at its beginning", each(({ at, journal }) => ({ at, journal: journal?.slice(2) }))],
  ["answers a journal that lost the entry just written", each(({ at }) => ({ at, journal: "" }))],
  ["answers a journal of lines that are none", each(({ at }) => ({ at, journal: "[1],[2],[3]," }))],
];

/** A guard whose store works, until told otherwise. */
function guarded(onStoreFailure: StoreFailurePolicy | undefined, options: Parameters<typeof createGuard>[0] = {}) {
  const store = unsteadyStore();
  const told = listener();
  const guard = createGuard({
    store,
    deadline,
    secrets,
    ...(onStoreFailure === undefined ? {} : { onStoreFailure }),
    ...told.hooks,
    ...options,
  });
  return { store, told, guard };
}

/** What comes of something, which must be there after so many milliseconds. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let over = false;
  const end = (): void => {
    over = true;
  };
  work.then(end, end);
  await vi.advanceTimersByTimeAsync(milliseconds);
  expect(over, `an answer after ${milliseconds} ms`).toBe(true);
  return work;
}

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout", "Date"] });
  process.on("unhandledRejection", note);
});
afterEach(() => {
  vi.useRealTimers();
  process.off("unhandledRejection", note);
});

describe.each(fates)("a store that %s", (_, fate) => {
  it.each<[StoreFailurePolicy, string, string, boolean, boolean]>([
    ["allow", "ALLOW", "ABSTAIN", true, false],
    ["local", "ALLOW", "ABSTAIN", true, false],
    ["challenge", "CHALLENGE", "CHALLENGE", false, true],
    ["block", "BLOCK", "BLOCK", false, false],
  ])("%s: begins with %s in time, and says in `degraded` that it did %s", async (mode, action, did, admitted, awaiting) => {
    const { store, told, guard } = guarded(mode);
    store.fate = fate;
    const begun = await within(50, guard.begin(attempt));
    expect(begun.decision.action).toBe(action);
    expect(begun.decision.degraded).toMatchObject([{ kind: "store-failure", did, detail: expect.stringMatching(/^[^\n]{1,200}$/) }]);
    const concluded = await within(50, begun.conclude(right));
    expect(concluded).toMatchObject({
      admitted,
      awaiting,
      decision: { degraded: expect.arrayContaining([expect.objectContaining({ kind: "store-failure", did })]) },
    });
    expect(told.faults[0]).toMatchObject({ where: "store" });
    await vi.advanceTimersByTimeAsync(lateness);
    await turn();
    expect(unhandled.splice(0)).toEqual([]);
  });

  it("that fares so between begin and conclusion takes nobody's login away, and says so", async () => {
    for (const mode of ["allow", "challenge", "block", "local"] as const) {
      const { store, guard } = guarded(mode);
      const handle = await guard.begin(attempt);
      store.fate = fate;
      const { admitted, decision } = await within(50, handle.conclude(right));
      expect(admitted).toBe(true);
      expect(decision).toMatchObject({ action: "ALLOW", degraded: [{ kind: "store-failure", did: "ABSTAIN" }] });
    }
  });

  it("that fares so between begin and conclusion lets no wrong password in", async () => {
    for (const mode of ["allow", "challenge", "block", "local"] as const) {
      const { store, guard } = guarded(mode);
      const handle = await guard.begin(attempt);
      store.fate = fate;
      expect(await within(50, handle.conclude(wrong))).toMatchObject({ admitted: false, awaiting: false });
    }
  });

  it("is reported to operators as a StoreError, in time", async () => {
    const { store, guard } = guarded("local");
    store.fate = fate;
    const unlocking = guard.unlock({ account: "ann" }, { reason: "test", actor: "me" }).catch((error: unknown) => error);
    expect(await within(50, unlocking)).toMatchObject({ name: "StoreError" });
  });
});

describe("by itself", () => {
  it("a process counts to the limit and blocks", async () => {
    const { store, guard } = guarded(undefined);
    store.fate = "rejects";
    const said = [];
    for (let i = 0; i < 12; i++) {
      const handle = await guard.begin(attempt);
      said.push(handle.decision.action);
      await handle.conclude(wrong);
    }
    expect(said.slice(0, 5)).toEqual(Array(5).fill("ALLOW"));
    expect(said.slice(-2)).toEqual(["BLOCK", "BLOCK"]);
  });

  it("a process admits no more parallel guesses than the limit", async () => {
    const { store, guard } = guarded("local");
    store.fate = "hangs";
    const handles = await within(50, Promise.all(Array.from({ length: 100 }, () => guard.begin(attempt))));
    expect(handles.filter(({ decision }) => decision.action !== "BLOCK")).toHaveLength(10);
  });

  it("a process recognises attacks and locks, and tells of each once", async () => {
    const { store, told, guard } = guarded("local");
    store.fate = "rejects";
    for (let i = 0; i < 14; i++) await (await guard.begin(attempt)).conclude(wrong);
    expect(told.detections.map(({ detector }) => detector)).toEqual(["brute-force"]);
    expect(told.locks).toMatchObject([{ change: "locked", rules: ["failed-attempts"] }]);
  });
});

describe("challenged while the store is away", () => {
  it("who brings the captcha begins freely, and is admitted by the right password", async () => {
    const { store, guard } = guarded("challenge");
    store.fate = "rejects";
    const handle = await guard.begin({ ...attempt, proofs: ["captcha"] });
    expect(handle.decision.action).toBe("ALLOW");
    expect(await handle.conclude(right)).toMatchObject({ admitted: true });
  });

  it("a second factor is what can still be asked, and it admits", async () => {
    const { store, guard } = guarded("challenge");
    store.fate = "rejects";
    const handle = await guard.begin(attempt);
    expect(handle.decision.require).toEqual(["captcha"]);
    const concluded = await handle.conclude({ ...right, factors: ["pwd"] } as typeof right);
    expect(concluded).toMatchObject({ awaiting: true, decision: { require: ["mfa"] } });
    expect(await handle.proof(wrongCode)).toMatchObject({ admitted: false, awaiting: true });
    expect(await handle.proof(code)).toMatchObject({ admitted: true });
  });
});

describe("away when the second factor comes", () => {
  it.each<[StoreFailurePolicy, boolean]>([
    ["allow", true],
    ["local", true],
    ["challenge", true],
    ["block", false],
  ])("%s: the right code admits: %s; in one deadline", async (mode, admitted) => {
    const { store, guard } = guarded(mode);
    const handle = await guard.begin(attempt);
    await handle.conclude(rightSoFar);
    store.fate = "hangs";
    const proven = await within(50, handle.proof(code));
    expect(proven.admitted).toBe(admitted);
    expect(proven.decision.degraded.filter(({ kind }) => kind === "store-failure")).not.toEqual([]);
  });

  it("a wrong code admits in no mode", async () => {
    for (const mode of ["allow", "challenge", "block", "local"] as const) {
      const { store, guard } = guarded(mode);
      const handle = await guard.begin(attempt);
      await handle.conclude(rightSoFar);
      store.fate = "rejects";
      expect(await handle.proof(wrongCode)).toMatchObject({ admitted: false });
    }
  });
});

describe("a store that takes 150 ms, of 200 that it has", () => {
  /** Answers each exchange after a while. */
  const slowly = (options: Parameters<typeof createGuard>[0] = {}): ReturnType<typeof createGuard> => {
    const memory = memoryStore();
    const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));
    const store: LoginStore = { ...memory, name: "slow", exchange: (parts) => wait().then(() => memory.exchange(parts)) };
    return createGuard({ store, deadline: { seconds: 0.2 }, ...options });
  };

  it("is no failure at all", async () => {
    const guard = slowly();
    const handle = await within(150, guard.begin(attempt));
    expect(handle.decision.degraded).toEqual([]);
    expect((await within(150, handle.conclude(right))).decision.degraded).toEqual([]);
  });

  it("does not make a blocked begin wait twice", async () => {
    const guard = slowly({ policy: createDefaultPolicy({ failedAttempts: { flagAt: 1, blockAt: 1 } }) });
    await await within(150, guard.begin(attempt));
    expect((await within(200, guard.begin(attempt))).decision.action).toBe("BLOCK");
    // nor is the store taken for away because only little time was left
    expect((await within(150, guard.begin({ account: "bob", source: "192.0.2.2" }))).decision.degraded).toEqual([]);
  });

  it("does not make the failure that completes an attack wait twice", async () => {
    const told = listener();
    const guard = slowly(told.hooks);
    const handles = await within(150, Promise.all(Array.from({ length: 10 }, () => guard.begin(attempt))));
    await within(200, Promise.all(handles.slice(1).map((handle) => handle.conclude(wrong))));
    expect(told.detections).toEqual([]);
    await within(200, handles[0]!.conclude(wrong));
    expect(told.detections).toMatchObject([{ detector: "brute-force" }]);
  });

  it("does not make a proof wait twice", async () => {
    const guard = slowly();
    const handle = await within(150, guard.begin(attempt));
    await within(150, handle.conclude(rightSoFar));
    expect(await within(200, handle.proof(code))).toMatchObject({ admitted: true });
  });
});

describe("the deadline of a guard that was told none", () => {
  it("is a quarter of a second", async () => {
    const store = unsteadyStore();
    store.fate = "hangs";
    const begun = createGuard({ store }).begin(attempt);
    let over = false;
    begun.then(() => {
      over = true;
    });
    await vi.advanceTimersByTimeAsync(249);
    expect(over).toBe(false);
    expect((await within(1, begun)).decision.degraded).toMatchObject([{ kind: "store-failure" }]);
  });
});

describe("a deadline longer than timers go", () => {
  it("is as long as they go, and not over at once", async () => {
    const { store, guard } = guarded("block", { deadline: { days: 30 } });
    store.fate = "late";
    expect((await within(lateness, guard.begin(attempt))).decision).toMatchObject({ action: "ALLOW", degraded: [] });
  });
});

describe("a thenable that knows nothing but `then`", () => {
  it("is as good as a promise", async () => {
    const { store, guard } = guarded("block");
    store.fate = { gives: (promise) => thenableThat((resolve, reject) => void promise.then(resolve, reject)) };
    expect((await guard.begin(attempt)).decision).toMatchObject({ action: "ALLOW", degraded: [] });
  });
});

describe("folding", () => {
  it.each<[string, (() => unknown) | undefined]>([
    ["rejects", () => Promise.reject(new Error("read only"))],
    [
      "throws",
      () => {
        throw new Error("not implemented");
      },
    ],
    ["never ends", () => new Promise(() => undefined)],
    ["gives nothing", () => undefined],
  ])("that %s harms no login, whatever the mode", async (_, compact) => {
    const memory = memoryStore();
    const told = listener();
    const store = { ...memory, compact: compact as LoginStore["compact"] };
    const guard = createGuard({ store, onStoreFailure: "block", ...told.hooks });
    for (let i = 0; i < 30; i++) {
      const handle = await guard.begin({ account: "ann", source: `192.0.2.${i}` });
      expect(handle.decision.degraded).toEqual([]);
      expect((await handle.conclude({ ok: false, failure: "error" })).decision.degraded.map(({ kind }) => kind)).not.toContain(
        "store-failure",
      );
    }
    await turn();
    expect(unhandled.splice(0)).toEqual([]);
  });
});

describe("the pause behind a failure", () => {
  const begins = (guard: ReturnType<typeof createGuard>, length: number) =>
    Promise.all(Array.from({ length }, (_, i) => guard.begin({ account: `user${i}`, source: "192.0.2.1" })));

  it("lasts a second, in which nobody asks the store", async () => {
    const { store, told, guard } = guarded("allow");
    store.fate = "rejects";
    await guard.begin(attempt);
    expect(store.asked).toBe(1);
    await begins(guard, 20);
    vi.advanceTimersByTime(999);
    const [handle] = await begins(guard, 20);
    expect(store.asked).toBe(1);
    expect(handle!.decision.degraded).toMatchObject([{ kind: "store-failure", did: "ABSTAIN" }]);
    expect(told.faults).toHaveLength(1);
  });

  it("ends with one call that tries; the others do without until it was answered", async () => {
    const { store, guard } = guarded("allow");
    store.fate = "rejects";
    await guard.begin(attempt);
    vi.advanceTimersByTime(1_000);
    await begins(guard, 20);
    expect(store.asked).toBe(2);
    store.fate = "works";
    await begins(guard, 20);
    expect(store.asked).toBe(2);
    vi.advanceTimersByTime(1_000);
    const handles = await begins(guard, 20);
    expect(store.asked).toBe(3);
    expect(handles.filter(({ decision }) => decision.degraded.length === 0)).toHaveLength(1);
    for (const { decision } of await begins(guard, 20)) expect(decision.degraded).toEqual([]);
  });

  it("is tried by one call though the call takes longer than the pause", async () => {
    const { store, guard } = guarded("allow", { deadline: { seconds: 5 } });
    store.fate = "rejects";
    await guard.begin(attempt);
    vi.advanceTimersByTime(1_000);
    store.fate = "hangs";
    const trying = guard.begin(attempt);
    vi.advanceTimersByTime(2_000);
    await begins(guard, 20);
    expect(store.asked).toBe(2);
    vi.advanceTimersByTime(3_000);
    expect((await trying).decision.degraded).toHaveLength(1);
  });

  it("is tried by one conclusion too, of all that began in the meantime", async () => {
    const { store, guard } = guarded("local");
    store.fate = "rejects";
    const handles = await begins(guard, 20);
    // all of them asked, because none had failed yet
    const asked = store.asked;
    vi.advanceTimersByTime(1_000);
    await Promise.all(handles.map((handle) => handle.conclude(wrong)));
    expect(store.asked).toBe(asked + 1);
  });

  it("is not begun by one journal that cannot be read: whoever asks for it would keep everybody else from the store", async () => {
    const { store, guard } = guarded("allow");
    await store.within.exchange([
      { key: "{ann}account:ann", owner: "ann", stamped: [], entries: "<html>", keepFor: 60_000, protect: undefined },
    ]);
    for (let i = 0; i < 3; i++) {
      expect((await guard.begin(attempt)).decision.degraded).toMatchObject([{ kind: "store-failure" }]);
      expect((await guard.begin({ ...attempt, account: "bob" })).decision.degraded).toEqual([]);
    }
  });

  it("does not hide that the store is away from an operator", async () => {
    const { store, guard } = guarded("allow");
    store.fate = "rejects";
    await guard.begin(attempt);
    store.fate = "works";
    await expect(guard.unlock({ account: "ann" }, { reason: "test", actor: "me" })).rejects.toMatchObject({
      name: "StoreError",
      code: "unreachable",
    });
  });
});

describe("a store that comes back", () => {
  const remembered = async (store: ReturnType<typeof unsteadyStore>): Promise<{ settled: number; pending: number; proven: number }> => {
    const groups = await createGuard({ store: store.within }).exportAccount({ account: "ann" });
    const pair = groups.find(({ by }) => by === "account-and-source")?.remembered ?? {};
    const cell = pair["count where unproven by account-and-source"] as { settled: unknown[]; pending?: unknown[] } | undefined;
    const proven = pair["latest where proven-without-device by account-and-source"] as { settled: unknown[] } | undefined;
    return { settled: cell?.settled.length ?? 0, pending: cell?.pending?.length ?? 0, proven: proven?.settled.length ?? 0 };
  };

  it.each(["allow", "challenge", "local"] as const)("%s: a failure begun while it was away is written to it when it ends", async (mode) => {
    const { store, guard } = guarded(mode);
    store.fate = "rejects";
    const handle = await guard.begin(attempt);
    store.fate = "works";
    vi.advanceTimersByTime(1_000);
    await handle.conclude(wrong);
    expect(await remembered(store)).toEqual({ settled: 1, pending: 0, proven: 0 });
  });

  it.each(["allow", "local"] as const)("%s: a login begun while it was away is written to it as one", async (mode) => {
    const { store, guard } = guarded(mode);
    store.fate = "rejects";
    const handle = await guard.begin(attempt);
    store.fate = "works";
    vi.advanceTimersByTime(1_000);
    expect(await handle.conclude(right)).toMatchObject({ admitted: true });
    expect(await remembered(store)).toEqual({ settled: 0, pending: 0, proven: 1 });
  });

  it("counts an attempt once, though it had seen it begin and could not say so", async () => {
    for (const mode of ["allow", "local"] as const) {
      const { store, guard } = guarded(mode);
      store.fate = { answers: () => undefined };
      const handle = await guard.begin(attempt);
      expect(await remembered(store)).toEqual({ settled: 0, pending: 1, proven: 0 });
      store.fate = "works";
      vi.advanceTimersByTime(1_000);
      await handle.conclude(wrong);
      expect(await remembered(store)).toEqual({ settled: 1, pending: 0, proven: 0 });
    }
  });

  it("still holds as a failure what it saw begin, whatever became of it meanwhile", async () => {
    const { store, guard } = guarded("local");
    const handle = await guard.begin(attempt);
    store.fate = "rejects";
    await handle.conclude(wrong);
    expect(await remembered(store)).toEqual({ settled: 0, pending: 1, proven: 0 });
  });

  it("decides again at once, by what it knew", async () => {
    const { store, guard } = guarded("allow");
    for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude(wrong);
    store.fate = "rejects";
    expect((await guard.begin(attempt)).decision.action).toBe("ALLOW");
    store.fate = "works";
    vi.advanceTimersByTime(1_000);
    const { decision } = await guard.begin(attempt);
    expect(decision).toMatchObject({ action: "BLOCK", degraded: [] });
  });
});
