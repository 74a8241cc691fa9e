import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryStore } from "../../src/stores/memory-store.js";
import type { LoginStore, StorePart } from "../../src/stores/store.js";
import { StoreError } from "../../src/stores/store-error.js";
import { handClock } from "../support/hand-clock.js";

const hour = 3_600_000;
const part = (key: string, change: Partial<StorePart> = {}): StorePart => ({
  key,
  owner: undefined,
  stamped: [],
  entries: `[1,"${key}",0],`,
  keepFor: hour,
  protect: undefined,
  ...change,
});
const put = async (store: LoginStore, key: string, change?: Partial<StorePart>): Promise<string | undefined> =>
  (await store.exchange([part(key, change)]))[0]!.journal;
const held = async (store: LoginStore, keys: readonly string[]): Promise<string[]> => {
  const answers = await store.exchange(keys.map((key) => part(key, { entries: "" })));
  return keys.filter((_, i) => answers[i]!.journal !== "");
};

describe("a memory store that is full", () => {
  it("drops the group that was untouched for longest; reading is no touch", async () => {
    const store = memoryStore({ maxGroups: 3, ...handClock() });
    for (const key of ["a", "b", "c"]) await put(store, key);
    await put(store, "a");
    expect(await held(store, ["b"])).toEqual(["b"]);
    expect(await put(store, "d")).toBe('[1,"d",0],');
    expect(await held(store, ["a", "b", "c", "d"])).toEqual(["a", "c", "d"]);
  });

  it("drops what has expired first, wherever it stands in the order of touch", async () => {
    const { clock, goOn } = handClock();
    const store = memoryStore({ maxGroups: 3, clock });
    await put(store, "device", { keepFor: 2_160 * hour });
    await put(store, "source", { keepFor: hour });
    await put(store, "pair", { keepFor: 3 * hour });
    goOn({ hours: 1 });
    await put(store, "new");
    expect(await held(store, ["device", "source", "pair", "new"])).toEqual(["device", "pair", "new"]);
  });

  it("drops what has expired first among the protected too", async () => {
    const { clock, goOn } = handClock();
    const store = memoryStore({ maxGroups: 3, clock });
    await put(store, "device", { keepFor: 2_160 * hour, protect: true });
    await put(store, "pair", { keepFor: hour, protect: true });
    await put(store, "open", { keepFor: 2_160 * hour });
    goOn({ hours: 1 });
    await put(store, "new");
    expect(await held(store, ["device", "pair", "open", "new"])).toEqual(["device", "open", "new"]);
  });

  it("keeps those that are protected, and says `undefined` to a new group where only such are left", async () => {
    const store = memoryStore({ maxGroups: 2, ...handClock() });
    await put(store, "a", { protect: true });
    await put(store, "b", { protect: true });
    expect(await put(store, "c")).toBeUndefined();
    expect(await put(store, "c", { protect: true })).toBeUndefined();
    expect(await put(store, "a")).toBe('[1,"a",0],[1,"a",0],');
    expect(await held(store, ["a", "b", "c"])).toEqual(["a", "b"]);
  });

  it("is full when all but a sixteenth are protected: the last places are not passed round faster than anybody could count", async () => {
    const store = memoryStore({ maxGroups: 32, ...handClock() });
    for (let i = 0; i < 30; i++) await put(store, `p${i}`, { protect: true });
    expect(await put(store, "a")).toBeDefined();
    expect(await put(store, "b")).toBeDefined();
    expect(await put(store, "c")).toBeUndefined();
    await put(store, "p0", { protect: false });
    expect(await put(store, "c")).toBeDefined();
    expect(await held(store, ["a", "b", "c", "p0"])).toEqual(["b", "c", "p0"]);
  });

  it("gives a place to a new group where a protected one is so no longer", async () => {
    const store = memoryStore({ maxGroups: 2, ...handClock() });
    await put(store, "a", { protect: true });
    await put(store, "b", { protect: true });
    await put(store, "a", { protect: false });
    expect(await put(store, "c")).toBeDefined();
    expect(await held(store, ["a", "b", "c"])).toEqual(["b", "c"]);
  });

  it("protects on until told otherwise", async () => {
    const store = memoryStore({ maxGroups: 2, ...handClock() });
    await put(store, "a", { protect: true });
    await put(store, "a");
    await put(store, "b");
    await put(store, "c");
    expect(await held(store, ["a", "b", "c"])).toEqual(["a", "c"]);
  });

  it("has room for as many parts of one call as fit, and answers each", async () => {
    const store = memoryStore({ maxGroups: 2, ...handClock() });
    const answers = await store.exchange(["a", "b", "c"].map((key) => part(key, { protect: true })));
    expect(answers.map(({ journal }) => journal !== undefined)).toEqual([true, true, false]);
  });

  it("never holds more groups than it may, whatever comes, and always the newest that are not protected", async () => {
    const step = fc.record({
      key: fc.constantFrom(..."abcdefghijkl"),
      keepFor: fc.constantFrom(1, 2, 5, 50),
      protect: fc.constantFrom(undefined, undefined, true, false),
      pause: fc.constantFrom(0, 0, 1, 3),
      writes: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), async (steps, maxGroups) => {
        let now = 0;
        const store = memoryStore({ maxGroups, clock: () => now });
        /** Naively: a list in the order of touch. */
        let model: { key: string; keepFor: number; expiresAt: number; protect: boolean; lines: number }[] = [];
        for (const { key, keepFor, protect, pause, writes } of steps) {
          now += pause;
          const known = model.find((group) => group.key === key && group.expiresAt > now);
          const answer = await put(store, key, { keepFor, protect, entries: writes ? `[1,"${key}",0],` : "", owner: "all" });
          if (!writes) {
            expect(answer).toBe(`[1,"${key}",0],`.repeat(known?.lines ?? 0));
            continue;
          }
          model = model.filter((group) => group.key !== key);
          if (known === undefined && model.length === maxGroups) {
            model = model.filter(({ expiresAt }) => expiresAt > now);
            const leaves = model.findIndex((group) => !group.protect);
            if (model.length === maxGroups && leaves < 0) {
              expect(answer).toBeUndefined();
              continue;
            }
            if (model.length === maxGroups) model.splice(leaves, 1);
          }
          const longest = Math.max(keepFor, known?.keepFor ?? 0);
          model.push({
            key,
            keepFor: longest,
            expiresAt: now + longest,
            protect: protect ?? known?.protect ?? false,
            lines: (known?.lines ?? 0) + 1,
          });
          expect(answer).toBe(`[1,"${key}",0],`.repeat((known?.lines ?? 0) + 1));
          const journals = await store.journalsOf("all");
          expect(journals.length).toBeLessThanOrEqual(maxGroups);
          const alive = model.filter((group) => group.expiresAt > now).map((group) => group.key);
          expect(journals.map((journal) => journal.key).sort()).toEqual(alive.sort());
        }
      }),
      { numRuns: 300 },
    );
  });

  it("stays quick: a new group costs the same in a room of 300,000 as in one of 300", async () => {
    const churn = async (maxGroups: number): Promise<number> => {
      const store = memoryStore({ maxGroups, ...handClock() });
      const keepFor = (i: number): number => [hour, 2 * hour, 24 * hour][i % 3]!;
      for (let i = 0; i < maxGroups; i++) await put(store, `old${i}`, { keepFor: keepFor(i) });
      const began = performance.now();
      for (let i = 0; i < 50_000; i++) await put(store, `new${i}`, { keepFor: keepFor(i) });
      return performance.now() - began;
    };
    // taken from the front of a Map it would cost a hundred times as much
    expect(await churn(300_000)).toBeLessThan(20 * (await churn(300)) + 500);
  });
});

describe("a memory store", () => {
  it("stamps with its own clock, appends what carries its time behind that, and gives the whole back", async () => {
    const { clock, goOn } = handClock(1_000);
    const store = memoryStore({ clock });
    await put(store, "a", { stamped: [',"x",0],', ',"y",1],'], entries: "" });
    goOn({ seconds: 1 });
    const [answer] = await store.exchange([part("a", { stamped: [',"z",1],'], entries: '[5,"w",1],' })]);
    expect(answer).toEqual({ at: 2_000, journal: '[1000,"x",0],[1000,"y",1],[2000,"z",1],[5,"w",1],' });
  });

  it("is only read where there is nothing to write, and then makes no group", async () => {
    const store = memoryStore({ maxGroups: 1, ...handClock() });
    await put(store, "a");
    expect(await put(store, "b", { entries: "" })).toBe("");
    expect(await held(store, ["a"])).toEqual(["a"]);
  });

  it("forgets at the end of the time that it was told, and not before", async () => {
    const { clock, goOn } = handClock();
    const store = memoryStore({ clock });
    await put(store, "a", { owner: "ann" });
    goOn({ seconds: (hour - 1) / 1000 });
    expect(await held(store, ["a"])).toEqual(["a"]);
    expect(await store.journalsOf("ann")).toHaveLength(1);
    goOn({ seconds: 0.001 });
    expect(await held(store, ["a"])).toEqual([]);
    expect(await store.journalsOf("ann")).toEqual([]);
    expect(await put(store, "a")).toBe('[1,"a",0],');
  });

  it("keeps as long as the longest that anybody asked for, from the last writing on", async () => {
    const { clock, goOn } = handClock();
    const store = memoryStore({ clock });
    await put(store, "a", { keepFor: 3 * hour });
    goOn({ hours: 1 });
    await put(store, "a", { keepFor: hour });
    goOn({ hours: 2.5 });
    expect(await held(store, ["a"])).toEqual(["a"]);
    goOn({ hours: 0.5 });
    expect(await held(store, ["a"])).toEqual([]);
  });

  it("keeps for ever what is to be kept for ever", async () => {
    const { clock, goOn } = handClock();
    const store = memoryStore({ clock });
    await put(store, "a", { keepFor: Number.POSITIVE_INFINITY });
    goOn({ weeks: 5_000 });
    expect(await held(store, ["a"])).toEqual(["a"]);
  });

  it("folds the beginning that it is shown, keeps what came behind it, and no more", async () => {
    const store = memoryStore(handClock());
    await put(store, "a", { entries: '[1,"x",0],[2,"y",0],' });
    await put(store, "a", { entries: '[3,"z",0],' });
    await store.compact({ key: "a", head: '[1,"x"', length: 20, text: '[-1,"y",2,{}],' });
    expect(await put(store, "a", { entries: "" })).toBe('[-1,"y",2,{}],[3,"z",0],');
    await store.compact({ key: "a", head: '[1,"x"', length: 20, text: "" });
    await store.compact({ key: "b", head: "", length: 0, text: "[1]," });
    expect(await put(store, "a", { entries: "" })).toBe('[-1,"y",2,{}],[3,"z",0],');
    expect(await held(store, ["b"])).toEqual([]);
  });

  it("folding does not put off the end", async () => {
    const { clock, goOn } = handClock();
    const store = memoryStore({ clock });
    await put(store, "a");
    goOn({ minutes: 59 });
    await store.compact({ key: "a", head: "[1", length: 10, text: '[-1,"a",1,{}],' });
    goOn({ minutes: 1 });
    expect(await held(store, ["a"])).toEqual([]);
  });

  it("finds and forgets what is an owner's, and nothing else", async () => {
    const store = memoryStore(handClock());
    await put(store, "a1", { owner: "ann" });
    await put(store, "a2", { owner: "ann", protect: true });
    await put(store, "b", { owner: "bob" });
    await put(store, "n");
    expect((await store.journalsOf("ann")).map(({ key }) => key).sort()).toEqual(["a1", "a2"]);
    expect(await store.forget("ann")).toBe(2);
    expect(await store.forget("ann")).toBe(0);
    expect(await store.forget("__proto__")).toBe(0);
    expect(await held(store, ["a1", "a2", "b", "n"])).toEqual(["b", "n"]);
  });

  it("knows keys of any name", async () => {
    const store = memoryStore(handClock());
    for (const key of ["__proto__", "constructor", "", "\u0000", "{a}b"]) expect(await put(store, key)).toBe(`[1,"${key}",0],`);
  });

  it.each([0, -1, 1.5, 16_000_001, Number.NaN, Number.POSITIVE_INFINITY])("of %s groups is refused", (maxGroups) => {
    expect(() => memoryStore({ maxGroups })).toThrow(RangeError);
  });

  it("whose clock gives no time rejects, and changes nothing", async () => {
    let now = 1_000;
    const store = memoryStore({ clock: () => now });
    await put(store, "a");
    now = Number.NaN;
    await expect(put(store, "a")).rejects.toThrow(StoreError);
    now = 2_000;
    expect(await put(store, "a", { entries: "" })).toBe('[1,"a",0],');
  });

  it("is called memory", () => expect(memoryStore().name).toBe("memory"));
});
