import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { code, disabled, right, rightSoFar, wrong, wrongCode } from "../support/results.js";
import { unsteadyStore } from "../support/unsteady-store.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const fail = async (guard: Guard, times: number): Promise<void> => {
  for (let i = 0; i < times; i++) await (await guard.begin(attempt)).conclude(wrong);
};

describe("a guard in shadow mode", () => {
  it("says what it would have said, and lets everybody through", async () => {
    const guard = createGuard({ ...handClock(), mode: "shadow" });
    await fail(guard, 10);
    const handle = await guard.begin(attempt);
    expect(handle.decision).toMatchObject({ action: "ALLOW", verdicts: [], shadow: [{ rule: "failed-attempts", action: "BLOCK" }] });
    expect(handle.decision.retryAt).toBeUndefined();
    expect(await handle.conclude(right)).toMatchObject({ admitted: true, awaiting: false, decision: { action: "ALLOW" } });
  });

  it("lets no wrong password in", async () => {
    const guard = createGuard({ ...handClock(), mode: "shadow" });
    expect(await (await guard.begin(attempt)).conclude(wrong)).toMatchObject({ admitted: false });
  });

  it("admits what the policy would refuse", async () => {
    const guard = createGuard({ ...handClock(), mode: "shadow" });
    expect(await (await guard.begin(attempt)).conclude(disabled)).toMatchObject({
      admitted: true,
      decision: {
        action: "ALLOW",
        shadow: expect.arrayContaining([expect.objectContaining({ rule: "disabled-account", action: "BLOCK" })]),
      },
    });
  });

  it("leaves the application's own second factor to it", async () => {
    const guard = createGuard({ ...handClock(), mode: "shadow" });
    const handle = await guard.begin(attempt);
    expect(await handle.conclude(rightSoFar)).toMatchObject({ admitted: false, awaiting: true });
    for (let i = 0; i < 20; i++) expect(await handle.proof(wrongCode)).toMatchObject({ admitted: false, awaiting: true });
    expect(await handle.proof(code)).toMatchObject({ admitted: true });
  });

  it("passes a rule without memory too, and counts the attempt all the same", async () => {
    const policy = createDefaultPolicy({ restrictedCountry: { deny: ["KP"], unknown: "FLAG" } });
    const guard = createGuard({ ...handClock(), mode: "shadow", policy });
    const from = { account: "ann", source: { ip: "192.0.2.1", country: "KP" } };
    for (let i = 0; i < 10; i++) await (await guard.begin(from)).conclude(wrong);
    const { decision } = await guard.begin(from);
    expect(decision.action).toBe("ALLOW");
    expect(decision.shadow.map(({ rule }) => rule).sort()).toEqual(["failed-attempts", "restricted-country"]);
  });

  it.each(["allow", "challenge", "block", "local"] as const)(
    "lets through while the store is away, whatever stands in for it: %s",
    async (onStoreFailure) => {
      const store = unsteadyStore();
      store.fate = "rejects";
      const guard = createGuard({ store, mode: "shadow", onStoreFailure });
      const handle = await guard.begin(attempt);
      expect(handle.decision).toMatchObject({ action: "ALLOW", degraded: [{ kind: "store-failure", did: "ABSTAIN" }] });
      expect(await handle.conclude(right)).toMatchObject({ admitted: true });
    },
  );

  it("tells of attacks, so that one can see what it would see", async () => {
    const told = listener();
    await fail(createGuard({ ...handClock(), mode: "shadow", ...told.hooks }), 12);
    expect(told.detections).toMatchObject([{ detector: "brute-force" }]);
    expect(told.decisions.every(({ decision }) => decision.action === "ALLOW")).toBe(true);
  });

  it("locks nobody, and so tells of no lock", async () => {
    const told = listener();
    await fail(createGuard({ ...handClock(), mode: "shadow", ...told.hooks }), 12);
    expect(told.locks).toEqual([]);
  });

  it("gives every answer that the application would have given without it", async () => {
    const results = fc.array(fc.constantFrom(right, wrong, disabled), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(results, async (list) => {
        const guard = createGuard({ ...handClock(), mode: "shadow" });
        for (const result of list) {
          const handle = await guard.begin(attempt);
          expect(handle.decision.action).toBe("ALLOW");
          expect(await handle.conclude(result)).toMatchObject({ admitted: result.ok, awaiting: false });
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("a rule in shadow mode", () => {
  it("is only noted, while the others speak", async () => {
    const policy = createDefaultPolicy({ modes: { "failed-attempts": "shadow" } });
    const guard = createGuard({ ...handClock(), policy });
    await fail(guard, 10);
    const handle = await guard.begin(attempt);
    expect(handle.decision).toMatchObject({ action: "ALLOW", shadow: [{ rule: "failed-attempts", action: "BLOCK" }] });
    expect(await handle.conclude(disabled)).toMatchObject({ admitted: false });
  });

  it("begins no lock", async () => {
    const told = listener();
    await fail(createGuard({ ...handClock(), policy: createDefaultPolicy({ modes: { "failed-attempts": "shadow" } }), ...told.hooks }), 12);
    expect(told.locks).toEqual([]);
  });
});
