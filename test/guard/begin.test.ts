import { describe, expect, it } from "vitest";
import { count } from "../../src/core/aggregates/count.js";
import { bySource } from "../../src/core/aggregates/grouping.js";
import { attempted } from "../../src/core/aggregates/outcome-predicates.js";
import { definePolicy } from "../../src/core/engine/policy.js";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { abstain, block, defineRule } from "../../src/core/rules/rule.js";
import { createGuard } from "../../src/guard/create-guard.js";
import { handClock } from "../support/hand-clock.js";
import { numbered } from "../support/numbered.js";
import { right, wrong } from "../support/results.js";
import { saying } from "../support/saying.js";
import { spyingStore } from "../support/spying-store.js";

const attempt = { account: "ann", source: "192.0.2.1" };

describe("begin", () => {
  it("lets the first nine failures through, flags from the fifth on, and blocks from the tenth on", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock });
    const said: string[] = [];
    for (let i = 0; i < 12; i++) {
      goOn({ seconds: 1 });
      const handle = await guard.begin(attempt);
      said.push(handle.decision.action);
      await handle.conclude(wrong);
    }
    expect(said).toEqual([...Array(5).fill("ALLOW"), ...Array(5).fill("FLAG"), "BLOCK", "BLOCK"]);
  });

  it("lifts the block at the time it said, and not a millisecond earlier", async () => {
    const { clock, goOn } = handClock(1_000_000);
    const guard = createGuard({ clock });
    for (let i = 0; i < 10; i++) {
      await (await guard.begin(attempt)).conclude(wrong);
      goOn({ seconds: 1 });
    }
    const { retryAt } = (await guard.begin(attempt)).decision;
    expect(retryAt).toBe(1_000_000 + 15 * 60_000);
    goOn({ seconds: (retryAt! - clock() - 1) / 1000 });
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
    goOn({ seconds: 0.001 });
    expect((await guard.begin(attempt)).decision.action).not.toBe("BLOCK");
  });

  it("a right credential takes its own reservation back and forgives what was before it", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock });
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 9; i++) await (await guard.begin(attempt)).conclude(wrong);
      goOn({ seconds: 1 });
      expect(await (await guard.begin(attempt)).conclude(right)).toMatchObject({ admitted: true, awaiting: false });
      goOn({ seconds: 1 });
    }
  });

  it("gives each handle the account as typed and an id of its own", async () => {
    const guard = createGuard({ newId: numbered() });
    const [one, two] = [await guard.begin({ ...attempt, account: " Ann " }), await guard.begin(attempt)];
    expect([one.id, two.id, one.account, two.account]).toEqual(["a1", "a2", " Ann ", "ann"]);
  });

  it("spellings of one account and one source count together", async () => {
    const guard = createGuard(handClock());
    const spellings = [
      { account: "ann", source: "192.0.2.1" },
      { account: " ANN ", source: "::ffff:192.0.2.1" },
      { account: "\uff41nn", source: { ip: "::ffff:c000:201" } },
    ];
    for (let i = 0; i < 10; i++) await (await guard.begin(spellings[i % 3]!)).conclude(wrong);
    for (const spelling of spellings) expect((await guard.begin(spelling)).decision.action).toBe("BLOCK");
  });
});

describe("a rule that remembers nothing", () => {
  const north = { source: { ip: "192.0.2.1", country: "KP" } };

  it("blocks before anything is reserved: no group of the account or the source comes to be", async () => {
    const store = spyingStore();
    const guard = createGuard({ store, policy: createDefaultPolicy({ restrictedCountry: { deny: ["KP"], unknown: "FLAG" } }) });
    for (let i = 0; i < 20; i++) expect((await guard.begin({ account: `ann${i}`, ...north })).decision.action).toBe("BLOCK");
    expect(store.everything()).not.toContain("ann");
    expect([...store.journals]).toEqual([]);
  });

  it("says BLOCK whatever the result, and nobody is admitted", async () => {
    const guard = createGuard({ policy: createDefaultPolicy({ restrictedCountry: { deny: ["KP"], unknown: "FLAG" } }) });
    const handle = await guard.begin({ account: "ann", ...north });
    expect(await handle.conclude(right)).toMatchObject({ admitted: false, awaiting: false, decision: handle.decision, detections: [] });
  });

  it("still shows blocked attempts to those who count them, and their journals are folded as they grow", async () => {
    const tries = count({ where: attempted, by: bySource, within: { hours: 1 }, limit: 5 });
    const counting = defineRule({
      id: "counting",
      summary: "Counts attempts however they end.",
      phase: "before",
      reads: { tries },
      evaluate: () => abstain,
      explain: () => "counting",
    });
    const store = spyingStore();
    const guard = createGuard({ store, policy: definePolicy({ id: "both", rules: [saying("closed", block({})), counting] }) });
    for (let i = 0; i < 200; i++) await guard.begin(attempt);
    const [journal] = [...store.journals.values()];
    expect(journal).toMatch(/^\[-1,/);
    expect(journal!.length).toBeLessThan(10_000);
  });
});

describe("a store's round trips", () => {
  it("are one to begin and one to conclude, with all groups of the attempt in it", async () => {
    const store = spyingStore();
    const guard = createGuard({ store });
    const handle = await guard.begin({ ...attempt, client: { deviceId: "laptop" } });
    expect(store.exchanges).toHaveLength(1);
    expect(store.exchanges[0]!.map(({ key }) => key).sort()).toEqual([
      "{ann}account-and-device:3:annlaptop",
      "{ann}account-and-source:3:ann192.0.2.1",
      "{ann}account:ann",
      "{source:192.0.2.1}",
    ]);
    await handle.conclude(wrong);
    expect(store.exchanges).toHaveLength(2);
  });

  it("are none where nothing can be remembered: no account that counts, and no address", async () => {
    const store = spyingStore();
    const guard = createGuard({ store });
    expect((await guard.begin({ account: "", source: undefined })).decision.action).toBe("CHALLENGE");
    expect(store.exchanges).toEqual([]);
  });

  it("keep every journal short, however long an attack goes on", async () => {
    const { clock, goOn } = handClock();
    const store = spyingStore({ clock });
    const guard = createGuard({ store, clock });
    for (let i = 0; i < 300; i++) {
      goOn({ seconds: 20 });
      await (await guard.begin(attempt)).conclude(i % 50 === 49 ? right : wrong);
    }
    // a hundred failures are kept as evidence
    expect(Math.max(...[...store.journals.values()].map(({ length }) => length))).toBeLessThan(16_000);
  });
});
