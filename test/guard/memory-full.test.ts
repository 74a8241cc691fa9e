import { describe, expect, it } from "vitest";
import { count } from "../../src/core/aggregates/count.js";
import { byAccountAndSource } from "../../src/core/aggregates/grouping.js";
import { unproven } from "../../src/core/aggregates/outcome-predicates.js";
import { definePolicy, type Policy, type PolicyDefinition } from "../../src/core/engine/policy.js";
import { abstain, block, defineRule } from "../../src/core/rules/rule.js";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import { handClock } from "../support/hand-clock.js";
import { right, wrong } from "../support/results.js";

const fail = async (guard: Guard, times: number, from: { account: string; source: string }): Promise<void> => {
  for (let i = 0; i < times; i++) await (await guard.begin(from)).conclude(wrong);
};

const failures = count({ where: unproven, by: byAccountAndSource, within: { minutes: 15 }, limit: 10 });

/** One group an attempt, so that what is in the memory is known to the last one. */
function onlyPairs(onFailure: PolicyDefinition["onFailure"] = "CHALLENGE"): Policy {
  const rule = defineRule({
    id: "pairs",
    summary: "One source keeps failing on one account.",
    phase: "before",
    reads: { failures },
    limits: [{ reads: "failures", at: 10, action: "BLOCK" }],
    evaluate: ({ failures }) => (failures.value >= 10 ? block({ failures: failures.value }) : abstain),
    explain: ({ failures }) => `${failures} failures`,
  });
  return definePolicy({ id: "pairs", onFailure, rules: [rule] });
}

/** A guard in whose memory every group is half-way to a block. */
async function besieged(
  options: Parameters<typeof createGuard>[0] = {},
): Promise<{ guard: Guard; goOn: ReturnType<typeof handClock>["goOn"] }> {
  const { clock, goOn } = handClock();
  const store = memoryStore({ maxGroups: 4, clock });
  const guard = createGuard({ clock, store, policy: onlyPairs(), ...options });
  for (const account of ["a", "b", "c", "d"]) await fail(guard, 6, { account, source: "nowhere" });
  return { guard, goOn };
}

describe("a memory that is full", () => {
  it("of what is half-way to a block has no room for a new account, and asks it for a proof", async () => {
    const { guard } = await besieged();
    const handle = await guard.begin({ account: "new", source: "192.0.2.1" });
    expect(handle.decision).toMatchObject({ action: "CHALLENGE", degraded: [{ kind: "memory-full", did: "CHALLENGE" }] });
    expect(await handle.conclude(right)).toMatchObject({ admitted: false, awaiting: true });
    expect(await handle.proof({ ok: true, factors: ["pwd", "otp"] })).toMatchObject({ admitted: true });
  });

  it.each([
    ["BLOCK", "BLOCK", false],
    ["FLAG", "FLAG", true],
    ["ABSTAIN", "ALLOW", true],
  ] as const)("does what the policy says of it: %s", async (onFailure, action, admitted) => {
    const { guard } = await besieged({ policy: onlyPairs(onFailure) });
    const handle = await guard.begin({ account: "new", source: "192.0.2.1" });
    expect(handle.decision).toMatchObject({ action, degraded: [{ kind: "memory-full", did: onFailure }] });
    expect((await handle.conclude(right)).admitted).toBe(admitted);
  });

  it("has room again when they have expired", async () => {
    const { guard, goOn } = await besieged();
    goOn({ days: 1 });
    expect((await guard.begin({ account: "new", source: "192.0.2.1" })).decision).toMatchObject({ action: "ALLOW", degraded: [] });
  });

  it("forgets none that is half-way to a block, whatever floods it", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, store: memoryStore({ maxGroups: 60, clock }) });
    const attacked = { account: "ann", source: "192.0.2.1" };
    await fail(guard, 6, attacked);
    for (let i = 0; i < 400; i++) {
      goOn({ seconds: 0.5 });
      await fail(guard, 1, { account: `user${i}`, source: `2001:db8:${i}::1` });
    }
    await fail(guard, 4, attacked);
    expect((await guard.begin(attacked)).decision.action).toBe("BLOCK");
  });
});
