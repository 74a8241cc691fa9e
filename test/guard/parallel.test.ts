import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { createGuard } from "../../src/guard/create-guard.js";
import type { Handle } from "../../src/guard/handle.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import { handClock } from "../support/hand-clock.js";
import { code, right, rightSoFar, wrong, wrongCode } from "../support/results.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const times = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i));
const open = (handles: readonly Handle[]): Handle[] => handles.filter(({ decision }) => decision.action !== "BLOCK");

describe.each([2, 11, 100, 128, 129, 500])("%s guesses at once", (guesses) => {
  it("admit no more to the password check than the limit", async () => {
    const guard = createGuard(handClock());
    expect(open(await Promise.all(times(guesses, () => guard.begin(attempt))))).toHaveLength(Math.min(guesses, 10));
  });

  it("over two guards on one store admit no more either", async () => {
    const { clock } = handClock();
    const store = memoryStore({ clock });
    const guards = [createGuard({ store, clock }), createGuard({ store, clock })];
    expect(open(await Promise.all(times(guesses, (i) => guards[i % 2]!.begin(attempt))))).toHaveLength(Math.min(guesses, 10));
  });

  it("that all know the password are admitted as far as they were let to the check, and no further", async () => {
    const guard = createGuard(handClock());
    const handles = await Promise.all(times(guesses, () => guard.begin(attempt)));
    const conclusions = await Promise.all(handles.map((handle) => handle.conclude(right)));
    expect(conclusions.filter(({ admitted }) => admitted)).toHaveLength(open(handles).length);
  });

  it("that all fail lock the pair for its window, and no longer", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, policy: createDefaultPolicy({ failedAttempts: { flagAt: 10, challengeAccountAt: 9999 } }) });
    const begun = async (): Promise<string> => (await guard.begin(attempt)).decision.action;
    await Promise.all(times(Math.max(guesses, 10), () => guard.begin(attempt).then((handle) => handle.conclude(wrong))));
    expect(await begun()).toBe("BLOCK");
    goOn({ minutes: 14, seconds: 59.999 });
    expect(await begun()).toBe("BLOCK");
    goOn({ seconds: 0.001 });
    expect(await begun()).toBe("ALLOW");
  });
});

describe("a limit of parallel guesses", () => {
  it.each([1, 2, 5, 10])("of %s admits exactly as many", async (blockAt) => {
    const guard = createGuard({ ...handClock(), policy: createDefaultPolicy({ failedAttempts: { flagAt: 1, blockAt } }) });
    expect(open(await Promise.all(times(100, () => guard.begin(attempt))))).toHaveLength(blockAt);
  });

  it("counts for each source by itself, so that nobody locks the owner out", async () => {
    const guard = createGuard(handClock());
    const handles = await Promise.all(times(300, (i) => guard.begin({ account: "ann", source: `192.0.2.${i % 3}` })));
    expect(open(handles)).toHaveLength(30);
  });

  it("admits right guesses again where others were taken back", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, policy: createDefaultPolicy({ failedAttempts: { challengeAccountAt: 9999 } }) });
    for (let round = 0; round < 5; round++) {
      goOn({ seconds: 0.001 });
      const handles = open(await Promise.all(times(50, () => guard.begin(attempt))));
      expect(handles).toHaveLength(10);
      await Promise.all(handles.map((handle) => handle.conclude(right)));
    }
  });
});

describe("100 codes at once for one attempt", () => {
  const waiting = async (guard: ReturnType<typeof createGuard>): Promise<Handle> => {
    const handle = await guard.begin(attempt);
    expect(await handle.conclude(rightSoFar)).toMatchObject({ admitted: false, awaiting: true });
    return handle;
  };

  it("look at ten of them, and block the others", async () => {
    const handle = await waiting(createGuard(handClock()));
    const conclusions = await Promise.all(times(100, () => handle.proof(wrongCode)));
    expect(conclusions.filter(({ decision }) => decision.action === "BLOCK")).toHaveLength(90);
    expect(conclusions.filter(({ admitted }) => admitted)).toEqual([]);
  });

  it("refuse the right one behind ten wrong ones like a wrong one", async () => {
    const handle = await waiting(createGuard(handClock()));
    for (let i = 0; i < 10; i++) expect(await handle.proof(wrongCode)).toMatchObject({ admitted: false, awaiting: true });
    const [wrongOne, rightOne] = [await handle.proof(wrongCode), await handle.proof(code)];
    expect(rightOne).toEqual(wrongOne);
    expect(rightOne).toMatchObject({ admitted: false, awaiting: false, decision: { action: "BLOCK" } });
  });

  it("count over handles, tokens and guards together", async () => {
    const { clock } = handClock();
    const options = { clock, store: memoryStore({ clock }), secrets: ["0123456789abcdef0123456789abcdef"] };
    const guards = [createGuard(options), createGuard(options)];
    const handle = await waiting(guards[0]!);
    const token = await handle.token();
    const resumed = await Promise.all(times(98, (i) => guards[i % 2]!.resume(token)));
    const proofs = [handle, await waiting(guards[1]!), ...resumed].map((each) => each.proof(wrongCode));
    expect((await Promise.all(proofs)).filter(({ decision }) => decision.action !== "BLOCK")).toHaveLength(10);
  });

  it("are free again behind the window", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, attemptWithin: { hours: 1 } });
    const handle = await waiting(guard);
    await Promise.all(times(100, () => handle.proof(wrongCode)));
    goOn({ minutes: 14, seconds: 59.999 });
    expect(await handle.proof(code)).toMatchObject({ admitted: false });
    goOn({ seconds: 0.001 });
    expect(await handle.proof(code)).toMatchObject({ admitted: true, awaiting: false });
  });

  it("right ones at once are one login", async () => {
    const guard = createGuard(handClock());
    const handle = await waiting(guard);
    const conclusions = await Promise.all(times(5, () => handle.proof(code)));
    expect(conclusions.every(({ admitted }) => admitted)).toBe(true);
    expect(await handle.proof(code)).toMatchObject({ admitted: true });
  });
});

describe("100 accounts at once from one source", () => {
  it("no more than four times the spraying limit are looked at", async () => {
    const guard = createGuard();
    const begun = await Promise.all(times(100, (n) => guard.begin({ account: `a${n}`, source: "192.0.2.1" })));
    expect(begun.filter(({ decision }) => decision.action !== "BLOCK")).toHaveLength(20);
  });
});
