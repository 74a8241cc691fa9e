import { describe, expect, it } from "vitest";
import { count } from "../../src/core/aggregates/count.js";
import { bySource } from "../../src/core/aggregates/grouping.js";
import { attempted } from "../../src/core/aggregates/outcome-predicates.js";
import { defineDetector, found, nothing } from "../../src/core/detectors/detector.js";
import { definePolicy } from "../../src/core/engine/policy.js";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { block } from "../../src/core/rules/rule.js";
import { createGuard } from "../../src/guard/create-guard.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { disabled, right, wrong } from "../support/results.js";
import { saying } from "../support/saying.js";

describe("an attack in progress", () => {
  const attempt = { account: "ann", source: "192.0.2.1" };

  it.each([1, 2, 5])("at once over %s guards is told of once", async (servers) => {
    for (let round = 0; round < 20; round++) {
      const { clock } = handClock();
      const told = listener();
      const store = memoryStore({ clock });
      const guards = Array.from({ length: servers }, () => createGuard({ clock, store, ...told.hooks }));
      const handles = await Promise.all(Array.from({ length: 10 }, (_, i) => guards[i % servers]!.begin(attempt)));
      await Promise.all(handles.map((handle) => handle.conclude(wrong)));
      expect(told.detections.map(({ detector }) => detector)).toEqual(["brute-force"]);
    }
  });

  it.each([1, 2, 5])("at once over %s guards is told of once, though many failures see it hold", async (servers) => {
    const policy = createDefaultPolicy({ bruteForce: { limit: 3 } });
    for (let round = 0; round < 20; round++) {
      const { clock } = handClock();
      const told = listener();
      const store = memoryStore({ clock });
      const guards = Array.from({ length: servers }, () => createGuard({ clock, store, policy, ...told.hooks }));
      const handles = await Promise.all(Array.from({ length: 10 }, (_, i) => guards[i % servers]!.begin(attempt)));
      const conclusions = await Promise.all(handles.map((handle) => handle.conclude(wrong)));
      expect(told.detections.map(({ detector }) => detector)).toEqual(["brute-force"]);
      expect(conclusions.flatMap(({ detections }) => detections)).toEqual(told.detections);
    }
  });

  it("is told of in the conclusion that brought it to light, and in no other", async () => {
    const guard = createGuard(handClock());
    const handles = await Promise.all(Array.from({ length: 10 }, () => guard.begin(attempt)));
    const found = [];
    for (const handle of handles) found.push(...(await handle.conclude(wrong)).detections.map(({ eventId }) => eventId));
    expect(found).toEqual([handles[9]!.id]);
  });

  it("that goes on is told of once, and again after a whole window without it", async () => {
    const { clock, goOn } = handClock();
    const told = listener();
    // nobody is blocked, so that it does go on
    const guard = createGuard({ clock, policy: createDefaultPolicy({ modes: { "failed-attempts": "off" } }), ...told.hooks });
    const burst = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude(wrong);
    };
    for (let i = 0; i < 5; i++) {
      await burst();
      goOn({ minutes: 14 });
    }
    expect(told.detections.filter(({ detector }) => detector === "brute-force")).toHaveLength(1);
    goOn({ minutes: 20 });
    await burst();
    expect(told.detections.filter(({ detector }) => detector === "brute-force")).toHaveLength(2);
  });

  it("of many accounts is told of though the credentials were right and refused", async () => {
    const told = listener();
    const guard = createGuard({ ...handClock(), ...told.hooks });
    for (let i = 0; i < 5; i++) await (await guard.begin({ account: `user${i}`, source: "192.0.2.1" })).conclude(disabled);
    expect(told.detections).toMatchObject([{ detector: "password-spraying", subject: { source: "192.0.2.1" }, facts: { accounts: 5 } }]);
  });

  it("that gets in is told of as one", async () => {
    const { clock, goOn } = handClock();
    const told = listener();
    const guard = createGuard({ clock, ...told.hooks });
    for (let i = 0; i < 6; i++) await (await guard.begin(attempt)).conclude(wrong);
    goOn({ seconds: 1 });
    const { detections } = await (await guard.begin(attempt)).conclude(right);
    expect(detections).toMatchObject([{ detector: "success-after-failures", severity: "critical" }]);
    expect(told.detections).toEqual(detections);
  });
});

describe("a guard whose own clock is wrong", () => {
  const tries = count({ where: attempted, by: bySource, within: { minutes: 10 }, limit: 3 });
  const knocking = defineDetector({
    id: "knocking",
    technique: "T1110",
    severity: "low",
    summary: "A source keeps knocking, whatever the answer.",
    subject: bySource,
    on: attempted,
    reads: { tries },
    limits: [{ reads: "tries", at: 3 }],
    detect: ({ tries }) => (tries.value < 3 ? nothing : found({ tries: tries.value }, { since: tries.times[0]! })),
    explain: () => "knocking",
  });
  const policy = definePolicy({ id: "closed", rules: [saying("closed", block({}))], detectors: [knocking] });

  it.each([-7_200_000, 0, 7_200_000])("by %s ms recognises attempts that it blocked at once by the store's time", async (skew) => {
    const clock = (): number => Date.now() - skew;
    const told = listener();
    const guard = createGuard({ store: memoryStore({ clock }), policy, ...told.hooks });
    for (let i = 0; i < 5; i++) await guard.begin({ account: "ann", source: "192.0.2.1" });
    expect(told.detections).toMatchObject([{ detector: "knocking", facts: { tries: 3 } }]);
    expect(Math.abs(told.detections[0]!.at - clock())).toBeLessThan(60_000);
  });
});
