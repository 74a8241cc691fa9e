import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import type { CredentialResult } from "../../src/guard/result.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { code, rightSoFar, wrongCode } from "../support/results.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const account = { status: "disabled", type: "human", mfaEnrolled: true } as const;
const refused: CredentialResult = { ok: true, account };
const wrong: CredentialResult = { ok: false, failure: "wrong-password", account };

interface Step {
  readonly before: unknown;
  readonly admitted: boolean;
  readonly awaiting: boolean;
  readonly detections: readonly string[];
}

/** What someone sees who tries again and again, and what the operator hears. */
async function seen(result: CredentialResult, times: number) {
  const { clock, goOn } = handClock();
  const told = listener();
  const guard = createGuard({ clock, ...told.hooks });
  const steps: Step[] = [];
  for (let i = 0; i < times; i++) {
    goOn({ seconds: 1 });
    const handle = await guard.begin({ ...attempt, source: i % 7 === 3 ? "192.0.2.2" : attempt.source });
    const { admitted, awaiting, detections } = await handle.conclude(result);
    steps.push({ before: handle.decision, admitted, awaiting, detections: detections.map(({ detector }) => detector) });
  }
  const kept = await guard.exportAccount({ account: "ann" });
  return { steps, locks: told.locks.map((lock) => lock.change === "locked" && lock.rules), kept: anonymous(kept) };
}

/** What is remembered, with the random ids of attempts left out. */
function anonymous(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id"));
}

describe("a right credential that the policy refuses", () => {
  it("counts step by step exactly like a wrong one", async () => {
    expect(await seen(refused, 30)).toEqual(await seen(wrong, 30));
  });

  it("leads to the same block, whichever it was", async () => {
    const { steps } = await seen(refused, 30);
    expect(steps.map(({ before }) => (before as { action: string }).action)).toContain("BLOCK");
    expect(steps.every(({ admitted, awaiting }) => !admitted && !awaiting)).toBe(true);
  });

  it("behind a block is not looked at, and the answer is the same as for a wrong one", async () => {
    const { clock } = handClock();
    const guard = createGuard({ clock });
    for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude(wrong);
    const [one, other] = [await guard.begin(attempt), await guard.begin(attempt)];
    expect(await one.conclude({ ok: true })).toEqual(await other.conclude(wrong));
  });

  it("forgives nothing that was before it", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock });
    for (let i = 0; i < 9; i++) await (await guard.begin(attempt)).conclude(wrong);
    goOn({ seconds: 1 });
    await (await guard.begin(attempt)).conclude(refused);
    goOn({ seconds: 1 });
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
  });

  it("makes no device familiar", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock });
    const client = { deviceId: "laptop" };
    await (await guard.begin({ ...attempt, client })).conclude(refused);
    goOn({ seconds: 1 });
    for (let i = 0; i < 9; i++) await (await guard.begin(attempt)).conclude(wrong);
    expect((await guard.begin({ ...attempt, client })).decision.action).toBe("BLOCK");
  });
});

describe("a right code that the policy refuses", () => {
  const waiting = async (guard: Guard) => {
    const handle = await guard.begin(attempt);
    await handle.conclude(rightSoFar);
    return handle;
  };

  it("behind the limit of wrong ones is answered, counted and told exactly like a wrong one", async () => {
    const policy = createDefaultPolicy({ failedProofs: { blockAt: 3 } });
    const behind = async (last: typeof code) => {
      const told = listener();
      const guard = createGuard({ ...handClock(), policy, ...told.hooks });
      const handle = await waiting(guard);
      const answers = [];
      for (const result of [wrongCode, wrongCode, wrongCode, last, last]) answers.push(await handle.proof(result));
      return { answers, told: anonymous(told.decisions.slice(2)), kept: anonymous(await guard.exportAccount({ account: "ann" })) };
    };
    expect(await behind(code)).toEqual(await behind(wrongCode));
  });
});
