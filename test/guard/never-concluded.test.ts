import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { createGuard } from "../../src/guard/create-guard.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { right, rightSoFar } from "../support/results.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const policy = createDefaultPolicy({ failedAttempts: { flagAt: 3, blockAt: 3, challengeAccountAt: 99 } });

describe("an attempt that is never concluded", () => {
  it("stays a failure until its window ends, and not longer", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, policy });
    const begun = async (): Promise<string> => {
      const handle = await guard.begin(attempt);
      const { action } = handle.decision;
      await handle.cancel();
      return action;
    };
    for (let i = 0; i < 3; i++) await guard.begin(attempt);
    expect(await begun()).toBe("BLOCK");
    goOn({ minutes: 14, seconds: 59.999 });
    expect(await begun()).toBe("BLOCK");
    goOn({ seconds: 0.001 });
    expect(await begun()).toBe("ALLOW");
  });

  it("counts whoever begins behind it, on another guard too, as soon as its begin was answered", async () => {
    const { clock } = handClock();
    const guard = createGuard({ clock, policy });
    const said = [];
    for (let i = 0; i < 5; i++) said.push((await guard.begin(attempt)).decision.action);
    expect(said).toEqual(["ALLOW", "ALLOW", "ALLOW", "BLOCK", "BLOCK"]);
  });

  it("that waits for a factor counts like a wrong password until the factor is given", async () => {
    const { clock } = handClock();
    const guard = createGuard({ clock, policy });
    const waiting = [];
    for (let i = 0; i < 3; i++) {
      const handle = await guard.begin(attempt);
      await handle.conclude(rightSoFar);
      waiting.push(handle);
    }
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
    await waiting[0]!.proof({ ok: true, factors: ["otp"] });
    expect((await guard.begin({ ...attempt, account: "ann" })).decision.action).not.toBe("BLOCK");
  });

  it("raises no alarm by itself: nothing is known of how it would have ended", async () => {
    const told = listener();
    const guard = createGuard({ ...handClock(), ...told.hooks });
    for (let i = 0; i < 30; i++) await guard.begin(attempt);
    expect([told.detections, told.locks]).toEqual([[], []]);
  });

  it("does not forgive what was before: only a login that is over does", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, policy });
    await guard.begin(attempt);
    await guard.begin(attempt);
    goOn({ seconds: 1 });
    const handle = await guard.begin(attempt);
    goOn({ seconds: 1 });
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
    await handle.conclude(right);
    goOn({ seconds: 1 });
    expect((await guard.begin(attempt)).decision.action).toBe("ALLOW");
  });

  it("is concluded within its window, however much came in between", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, policy: createDefaultPolicy({ failedAttempts: { challengeAccountAt: 9999 } }) });
    const handle = await guard.begin(attempt);
    for (let i = 0; i < 400; i++) {
      goOn({ seconds: 1 });
      await (await guard.begin({ account: "ann", source: `198.51.100.${i % 40}` })).cancel();
    }
    expect(await handle.conclude(right)).toMatchObject({ admitted: true });
    const account = (await guard.exportAccount({ account: "ann" })).find(({ by }) => by === "account");
    expect(account?.remembered["count where unproven by account"]).toEqual({ settled: [] });
  });
});
