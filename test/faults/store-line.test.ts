import { pbkdf2 } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { passwordSpraying } from "../../src/core/detectors/password-spraying.js";
import { definePolicy } from "../../src/core/engine/policy.js";
import { failedAttempts } from "../../src/core/rules/failed-attempts.js";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import type { LoginStore, StoreAnswer } from "../../src/stores/store.js";
import { handClock } from "../support/hand-clock.js";
import { right, wrong } from "../support/results.js";
import { stoodIn } from "./harness/stood-in.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const guesses = async (guard: Guard, number: number, of = attempt): Promise<void> => {
  for (let n = 0; n < number; n++) await (await guard.begin(of)).conclude(wrong);
};

/** A store that does at once what it is asked, and says so after `late` milliseconds. */
function lateStore(): LoginStore & { late: number } {
  const store = memoryStore();
  const lateOne = {
    ...store,
    late: 0,
    async exchange(parts: Parameters<LoginStore["exchange"]>[0]) {
      const { late } = lateOne;
      const answers = await store.exchange(parts);
      if (late > 0) await sleep(late);
      return answers;
    },
  };
  return lateOne;
}

describe("a call in the time that another has left over", () => {
  it("that runs out says nothing of the store: blocked attempts at a slow one send nobody away from it", async () => {
    const store = lateStore();
    const guard = createGuard({ store, deadline: { seconds: 0.1 } });
    await guesses(guard, 10);
    store.late = 60;
    const blocked = await guard.begin(attempt);
    expect(blocked.decision.action).toBe("BLOCK");
    const somebodyElse = await guard.begin({ account: "bob", source: "192.0.2.2" });
    expect(stoodIn(somebodyElse.decision)).toBe("store");
  });
});

describe("a process that was busy for longer than the deadline", () => {
  /** Answers out of the thread pool, as a socket's bytes come: while the loop is held up, the answer waits with everything else. */
  const store: LoginStore = {
    ...memoryStore(),
    async exchange(parts) {
      await promisify(pbkdf2)("", "", 50_000, 32, "sha256");
      return memory.exchange(parts);
    },
  };
  const memory = memoryStore();

  it("takes the answers that came meanwhile", async () => {
    const guard = createGuard({ store, deadline: { seconds: 0.05 } });
    const begun = guard.begin(attempt);
    // from here the loop goes on with its timers, before it looks what else has come
    await new Promise((resolve) => setImmediate(resolve));
    const until = performance.now() + 150;
    while (performance.now() < until);
    expect(stoodIn((await begun).decision)).toBe("store");
  });

  it("still gives up a store that never answers", async () => {
    const guard = createGuard({ store: { ...memory, exchange: () => new Promise(() => undefined) }, deadline: { seconds: 0.05 } });
    const from = performance.now();
    expect(stoodIn((await guard.begin(attempt)).decision)).toBe("local");
    expect(performance.now() - from).toBeLessThan(150);
  });
});

describe("a journal that cannot be read", () => {
  it("costs its own account the store, and nobody else", async () => {
    const store = memoryStore();
    const guard = createGuard({ store });
    await guesses(guard, 1);
    const [{ key } = { key: "" }] = await store.journalsOf("ann");
    await store.exchange([{ key, owner: "ann", stamped: [], entries: "[spoilt", keepFor: 1e9 }]);
    const [ann, bob] = [await guard.begin(attempt), await guard.begin({ account: "bob", source: "192.0.2.2" })];
    expect([ann, bob].map(({ decision }) => stoodIn(decision))).toEqual(["local", "store"]);
  });

  it("is gone once the account is forgotten", async () => {
    const store = memoryStore();
    const guard = createGuard({ store });
    await guesses(guard, 1);
    const [{ key } = { key: "" }] = await store.journalsOf("ann");
    await store.exchange([{ key, owner: "ann", stamped: [], entries: "[spoilt", keepFor: 1e9 }]);
    await guard.forget({ account: "ann" });
    expect(stoodIn((await guard.begin(attempt)).decision)).toBe("store");
  });
});

describe("an answer that belongs to somebody else's question", () => {
  /** A store whose replies are off by one, as on a connection that lost count. */
  function shiftedStore(): LoginStore & { shift: boolean } {
    const store = memoryStore();
    let last: Promise<readonly StoreAnswer[]> = Promise.resolve([]);
    const shifted = {
      ...store,
      shift: false,
      exchange(parts: Parameters<LoginStore["exchange"]>[0]) {
        const [own, before] = [store.exchange(parts), last];
        last = own;
        return shifted.shift ? before : own;
      },
    };
    return shifted;
  }

  it("is not taken for one's own: nobody is judged by another's failures", async () => {
    const store = shiftedStore();
    const guard = createGuard({ store });
    await guesses(guard, 9);
    await guard.begin(attempt);
    store.shift = true;
    const innocent = await guard.begin({ account: "bob", source: "192.0.2.2" });
    expect({ action: innocent.decision.action, by: stoodIn(innocent.decision) }).toEqual({ action: "ALLOW", by: "local" });
  });

  it("lets nobody off either", async () => {
    const store = shiftedStore();
    const guard = createGuard({ store, onStoreFailure: "block" });
    await guesses(guard, 10);
    await guard.begin({ account: "bob", source: "192.0.2.2" });
    store.shift = true;
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
  });
});

describe("a journal that was away for a while", () => {
  it("and is there again, folded by another guard, is read like any other", async () => {
    const { clock, goOn } = handClock();
    const store = memoryStore({ clock });
    // a source's group is read at a begin, and written only when that ends as a failure
    const policy = definePolicy({ id: "quiet", rules: [failedAttempts()], detectors: [passwordSpraying()] });
    const [ours, theirs] = [createGuard({ store, clock, policy }), createGuard({ store, clock, policy })];
    await guesses(ours, 9);
    goOn({ days: 7 });
    await (await ours.begin(attempt)).cancel();
    for (let n = 0; n < 8; n++) {
      await guesses(theirs, 9);
      goOn({ minutes: 20 });
    }
    expect(stoodIn((await ours.begin(attempt)).decision)).toBe("store");
  });
});

describe("nobody left to count: the store is away, and this process's own memory fails too", () => {
  it("reaches no login as an exception, and lets nobody guess for it", async () => {
    const { clock } = handClock();
    let asked = 0;
    const faults: unknown[] = [];
    const guard = createGuard({
      store: { ...memoryStore(), exchange: () => Promise.reject(new Error("gone")) },
      // good enough for the attempt, and none when the memory asks for the time
      clock: () => (asked++ === 0 ? clock() : Number.NaN),
      onFault: ({ error }) => faults.push(error),
    });
    const handle = await guard.begin(attempt);
    expect(handle.decision).toMatchObject({ action: "CHALLENGE", degraded: [{ kind: "store-failure", did: "CHALLENGE" }] });
    expect(await handle.conclude(right)).toMatchObject({ admitted: false, awaiting: true });
    expect(faults.map(String)).toEqual(["Error: gone", expect.stringContaining("gives no time")]);
  });
});
