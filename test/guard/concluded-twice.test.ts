import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { definePolicy } from "../../src/core/engine/policy.js";
import { challenge } from "../../src/core/rules/rule.js";
import { createGuard } from "../../src/guard/create-guard.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { code, disabled, right, rightSoFar, wrong, wrongCode } from "../support/results.js";
import { saying } from "../support/saying.js";
import { spyingStore } from "../support/spying-store.js";

const attempt = { account: "ann", source: "192.0.2.1" };

describe("an attempt concluded twice", () => {
  it.each([
    ["wrong, then right", wrong, right, false],
    ["right, then wrong", right, wrong, true],
    ["refused, then right", disabled, right, false],
    ["a fault, then right", { ok: false, failure: "error" } as const, right, false],
  ])("%s: the first counts, and the second hears the same", async (_, first, second, admitted) => {
    const told = listener();
    const store = spyingStore();
    const handle = await createGuard({ store, ...told.hooks }).begin(attempt);
    const one = await handle.conclude(first);
    const written = store.exchanges.length;
    expect(await handle.conclude(second)).toBe(one);
    expect(one.admitted).toBe(admitted);
    expect(store.exchanges).toHaveLength(written);
    expect(told.decisions.map(({ phase }) => phase)).toEqual(["before", "after"]);
  });

  it("at the same time: the first still counts", async () => {
    const handle = await createGuard().begin(attempt);
    const conclusions = await Promise.all([handle.conclude(wrong), handle.conclude(right), handle.conclude(right)]);
    expect(conclusions.map(({ admitted }) => admitted)).toEqual([false, false, false]);
  });

  it("waiting for a factor stays waiting", async () => {
    const handle = await createGuard().begin(attempt);
    await handle.conclude(rightSoFar);
    expect(await handle.conclude(right)).toMatchObject({ admitted: false, awaiting: true });
    expect(await handle.proof(code)).toMatchObject({ admitted: true });
  });

  it("after something that was no result it is still open", async () => {
    const handle = await createGuard().begin(attempt);
    await expect(handle.conclude({ ok: "yes" } as never)).rejects.toThrow(TypeError);
    expect(await handle.conclude(right)).toMatchObject({ admitted: true });
  });
});

describe("an attempt proven", () => {
  it("twice gives the same answer; a wrong code admits nobody, and takes nothing away", async () => {
    const told = listener();
    const handle = await createGuard(told.hooks).begin(attempt);
    await handle.conclude(rightSoFar);
    const admitted = await handle.proof(code);
    expect(admitted.admitted).toBe(true);
    expect(await handle.proof(code)).toBe(admitted);
    expect(await handle.proof(wrongCode)).toEqual({ ...admitted, admitted: false });
    expect(await handle.proof(code)).toBe(admitted);
    expect(told.decisions).toHaveLength(3);
  });

  it("by something that is no second factor is asked for one again", async () => {
    const policy = definePolicy({ id: "suspicious", rules: [saying("odd", challenge({ odd: true }), { phase: "after" })] });
    const handle = await createGuard({ policy }).begin(attempt);
    await handle.conclude({ ok: true, factors: ["pwd"] });
    expect(await handle.proof({ ok: true, factors: ["pin"] })).toMatchObject({ admitted: false, awaiting: true });
    expect(await handle.proof({ ok: true, factors: ["otp"] })).toMatchObject({ admitted: true, awaiting: false });
  });

  it("before it waits for a proof is misuse", async () => {
    const handle = await createGuard().begin(attempt);
    await expect(handle.proof(code)).rejects.toThrow(TypeError);
  });

  it.each([
    ["wrong", wrong],
    ["refused", disabled],
  ])("when its credential was %s stays what it is: no code opens it", async (_, result) => {
    const handle = await createGuard().begin(attempt);
    const conclusion = await handle.conclude(result);
    expect(await handle.proof(code)).toBe(conclusion);
    expect(conclusion).toMatchObject({ admitted: false, awaiting: false });
  });

  it("when it was blocked at its begin stays blocked", async () => {
    const guard = createGuard(handClock());
    for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude(wrong);
    const handle = await guard.begin(attempt);
    await handle.conclude(rightSoFar);
    expect(await handle.proof(code)).toMatchObject({ admitted: false, awaiting: false, decision: { action: "BLOCK" } });
  });
});

describe("an attempt cancelled", () => {
  it("counts as nobody's guess, however often", async () => {
    const guard = createGuard(handClock());
    for (let i = 0; i < 50; i++) {
      const handle = await guard.begin(attempt);
      expect(handle.decision.action).toBe("ALLOW");
      await Promise.all([handle.cancel(), handle.cancel()]);
      await handle.cancel();
    }
  });

  it("lets nobody in afterwards", async () => {
    const handle = await createGuard().begin(attempt);
    await handle.cancel();
    expect(await handle.conclude(right)).toMatchObject({ admitted: false, awaiting: false });
    await expect(handle.proof(code)).rejects.toThrow(TypeError);
    await expect(handle.token()).rejects.toThrow(TypeError);
  });

  it("after it was concluded changes nothing: a failure stays one", async () => {
    const guard = createGuard(handClock());
    for (let i = 0; i < 10; i++) {
      const handle = await guard.begin(attempt);
      await handle.conclude(wrong);
      await handle.cancel();
    }
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
  });

  it("after it was blocked does not give the block back, and asks the store for nothing", async () => {
    const { clock } = handClock();
    const store = spyingStore({ clock });
    const guard = createGuard({ store, clock });
    for (let i = 0; i < 10; i++) await (await guard.begin(attempt)).conclude(wrong);
    const handle = await guard.begin(attempt);
    const asked = store.exchanges.length;
    await handle.cancel();
    expect(store.exchanges).toHaveLength(asked);
    expect(await handle.conclude(right)).toMatchObject({ admitted: false });
    expect((await guard.begin(attempt)).decision.action).toBe("BLOCK");
  });
});

it("whatever is called in whatever order, an attempt is admitted only if its first result was right, and counts once", async () => {
  const calls = fc.array(fc.constantFrom("right", "wrong", "cancel", "prove", "fail"), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(calls, async (sequence) => {
      const { clock, goOn } = handClock();
      const guard = createGuard({ clock });
      const handle = await guard.begin(attempt);
      const first = sequence.find((call) => call === "right" || call === "wrong" || call === "cancel");
      for (const call of sequence) {
        const answer =
          call === "right" || call === "wrong"
            ? await handle.conclude(call === "right" ? right : wrong)
            : call === "cancel"
              ? await handle.cancel()
              : await handle.proof(call === "prove" ? code : wrongCode).catch(() => undefined);
        if (answer?.admitted) expect(first).toBe("right");
      }
      goOn({ seconds: 1 });
      const left = (await guard.exportAccount({ account: "ann" })).find(({ by }) => by === "account");
      const cell = left?.remembered["count where unproven by account"] as { settled: unknown[]; pending?: unknown[] };
      expect(cell.settled.length + (cell.pending?.length ?? 0)).toBe(first === undefined || first === "wrong" ? 1 : 0);
    }),
    { numRuns: 200 },
  );
});
