import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { createGuard } from "../../src/guard/create-guard.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import { right, wrong } from "../support/results.js";

const hour = 3_600_000;
const attempt = { account: "ann", source: "192.0.2.1" };
const policy = createDefaultPolicy({ failedAttempts: { flagAt: 3, blockAt: 3 } });

/** The store's clock, and a guard of this process, which is wrong by so many milliseconds. */
function guarded(skew: number): {
  readonly guard: ReturnType<typeof createGuard>;
  readonly now: () => number;
  readonly goOn: (by: number) => void;
} {
  let passed = 0;
  const now = (): number => Date.now() - skew + passed;
  const goOn = (by: number): void => {
    passed += by;
  };
  return { guard: createGuard({ store: memoryStore({ clock: now }), policy }), now, goOn };
}

describe.each([-24 * hour, -hour, 0, hour, 24 * hour])("a guard whose own clock is %s ms before its store's", (skew) => {
  it("counts, blocks and lifts by the store's time", async () => {
    const { guard, now, goOn } = guarded(skew);
    for (let i = 0; i < 3; i++) await (await guard.begin(attempt)).conclude(wrong);
    const { at, decision } = await guard.begin(attempt);
    expect(decision.action).toBe("BLOCK");
    expect(Math.abs(at - now())).toBeLessThan(60_000);
    expect(Math.abs(decision.retryAt! - (now() + 15 * 60_000))).toBeLessThan(60_000);
    goOn(15 * 60_000);
    expect((await guard.begin(attempt)).decision.action).toBe("ALLOW");
  });

  it("forgives and unlocks by the store's time", async () => {
    const { guard, goOn } = guarded(skew);
    for (let i = 0; i < 3; i++) await (await guard.begin(attempt)).conclude(wrong);
    goOn(1_000);
    await guard.unlock({ account: "ann" }, { reason: "test", actor: "me" });
    goOn(1_000);
    for (let i = 0; i < 2; i++) await (await guard.begin(attempt)).conclude(wrong);
    expect(await (await guard.begin(attempt)).conclude(right)).toMatchObject({ admitted: true });
    goOn(1_000);
    expect((await guard.begin(attempt)).decision.action).toBe("ALLOW");
  });
});
