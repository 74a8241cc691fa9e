import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../../src/core/policies/default.js";
import { createState } from "../../../src/core/state/login-state.js";
import { snapshot } from "../../../src/core/state/snapshot.js";
import { advance, type Outcomes } from "../../../src/core/verbs/advance.js";
import { createTracker } from "../../../src/core/verbs/create-tracker.js";
import { login } from "../../../src/testing/public.js";

const within = { seconds: 30 };
const quick = createDefaultPolicy({
  failedAttempts: { flagAt: 2, blockAt: 3, within },
  passwordSpraying: { limit: 2, within },
  bruteForce: { limit: 2, within },
});

const attempt = fc.record({
  at: fc.nat(60_000),
  outcome: fc.constantFrom("pending" as const, "failure" as const, "success" as const),
  account: fc.constantFrom("ann", "bob", "eve"),
  ip: fc.constantFrom("192.0.2.1", "192.0.2.2", "nonsense"),
});

describe("a tracker", () => {
  it.each<[Outcomes, number]>([
    ["recorded", 1_000_000],
    ["simulated", 1_000_000],
    ["recorded", 8],
  ])("decides, detects and remembers what `advance` does, outcomes %s, room for %i groups", (outcomes, maxGroups) => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 40 }), (attempts) => {
        const tracker = createTracker({ policy: quick, outcomes, maxGroups });
        let state = createState({ maxGroups });
        for (const { outcome, ...traits } of attempts) {
          const event = login(outcome, traits);
          const { decision, detections, state: next } = advance(event, state, quick, outcomes);
          expect(tracker.advance(event)).toEqual({ decision, detections });
          state = next;
        }
        expect([...tracker.snapshot()]).toEqual([...snapshot(state)]);
      }),
      { numRuns: 60 },
    );
  });

  it("has a memory of its own, beside every other", () => {
    const [one, other] = [createTracker({ policy: quick }), createTracker({ policy: quick })];
    for (const at of [1, 2, 3]) one.advance(login("failure", { at }));
    expect(one.advance(login("failure", { at: 4 })).decision.action).toBe("BLOCK");
    expect(other.advance(login("failure", { at: 4 })).decision.action).toBe("ALLOW");
  });

  it("refuses what is no event, and a room that is none", () => {
    expect(() => createTracker().advance({} as never)).toThrow("event.id");
    expect(() => createTracker({ maxGroups: 0 })).toThrow("maxGroups");
  });
});
