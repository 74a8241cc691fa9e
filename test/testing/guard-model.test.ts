import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import { followModel } from "../../src/testing/store/follow-model.js";
import { guardModel } from "../../src/testing/store/guard-model.js";
import { drawSteps, type GuardStep } from "../../src/testing/store/guard-steps.js";

const account = fc.constantFrom({}, { account: { status: "disabled" } as const }, { account: { privileged: true, mfaEnrolled: false } });
const after = fc.constantFrom(0, 1, 500, 5_000, 45_000);
const which = fc.nat(20);

const step: fc.Arbitrary<GuardStep> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("begin" as const),
      after,
      traits: fc.record({
        kind: fc.constantFrom("login", "login", "login", "registration"),
        account: fc.constantFrom("ann", "bob").map((id) => ({ id })),
        source: fc.record({ ip: fc.constantFrom("192.0.2.1", "192.0.2.2"), country: fc.constantFrom("NO", "NO", "KP") }),
      }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant("conclude" as const),
      after,
      which,
      result: fc.oneof(
        account.map((known) => ({ ok: true as const, ...known })),
        account.map((known) => ({ ok: false as const, failure: "wrong-password" as const, ...known })),
        fc.constant({ ok: true as const, awaiting: "mfa" as const }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant("prove" as const),
      after,
      which,
      result: fc.constantFrom({ ok: true as const, factors: ["otp"] }, { ok: false as const, failure: "mfa-failed" as const }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("cancel" as const), after, which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("unlock" as const), after, subject: fc.constant({ account: "ann" }) }) },
);

describe("the model of a guard", () => {
  it("a guard in memory says what the pure core says, for any steps", () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), (steps) => followModel(memoryStore(), steps)),
      { numRuns: 150 },
    ));

  it("drawn streams meet every way to answer", () => {
    const met = new Map<string, number>();
    const meet = (what: string): unknown => met.set(what, (met.get(what) ?? 0) + 1);
    for (let seed = 1; seed <= 8; seed++) {
      const model = guardModel();
      const attempts: ReturnType<typeof model.begin>[] = [];
      let at = 0;
      for (const [i, drawn] of drawSteps(seed, 60).entries()) {
        at += drawn.after;
        if (drawn.does === "begin") {
          const pending: LoginEvent = { id: `${i}`, at, outcome: "pending", ...drawn.traits };
          const attempt = model.begin(pending);
          meet(`before ${attempt.begun.decision.action}`);
          if (attempt.begun.decision.action !== "BLOCK") attempts.push(attempt);
        } else if (drawn.does === "conclude" && attempts.length > 0) {
          const [attempt] = attempts.splice(drawn.which % attempts.length, 1);
          const { decision, awaiting, admitted } = attempt!.conclude(drawn.result);
          meet(`after ${decision.action}`);
          if (admitted) meet("admitted");
          if (awaiting) {
            const proven = attempt!.prove({ ok: true, factors: ["otp"] }, `${i} proof`, at);
            meet(proven.admitted ? "proven" : "proof refused");
          }
        }
        for (const { detector } of model.detections()) meet(detector);
      }
    }
    const wanted = ["ALLOW", "FLAG", "CHALLENGE", "BLOCK"].flatMap((action) => [`before ${action}`, `after ${action}`]);
    wanted.push("admitted", "proven", "brute-force", "password-spraying", "success-after-failures");
    expect(wanted.filter((what) => (met.get(what) ?? 0) < 2)).toEqual([]);
  });
});
