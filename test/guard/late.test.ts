import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createGuard } from "../../src/guard/create-guard.js";
import type { GuardOptions } from "../../src/guard/guard-options.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { code, right, rightSoFar, wrong, wrongCode } from "../support/results.js";
import { spyingStore } from "../support/spying-store.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const secrets = ["0123456789abcdef0123456789abcdef"];
const soon = { attemptWithin: { seconds: 0.03 } };

/** What is counted against ann. */
async function counted(guard: ReturnType<typeof createGuard>): Promise<number> {
  const group = (await guard.exportAccount({ account: "ann" })).find(({ by }) => by === "account");
  const cell = group?.remembered["count where unproven by account"] as { settled: unknown[]; pending?: unknown[] };
  return cell.settled.length + (cell.pending?.length ?? 0);
}

/** A handle that was left lying for too long, by this process's own steady clock. */
async function lateHandle(
  options: GuardOptions = {},
): Promise<{ guard: ReturnType<typeof createGuard>; handle: Awaited<ReturnType<ReturnType<typeof createGuard>["begin"]>> }> {
  const guard = createGuard({ ...soon, ...options });
  const handle = await guard.begin(attempt);
  await sleep(50);
  return { guard, handle };
}

describe("concluded later than the guard allows", () => {
  it("a right credential is refused, and stays the failure that it was", async () => {
    const told = listener();
    const { guard, handle } = await lateHandle(told.hooks);
    const { admitted, awaiting, decision } = await handle.conclude(right);
    expect({ admitted, awaiting }).toEqual({ admitted: false, awaiting: false });
    expect(decision).toMatchObject({ action: "BLOCK", degraded: [{ kind: "attempt-expired", did: "BLOCK" }] });
    expect(await counted(guard)).toBe(1);
    expect(told.decisions.at(-1)).toMatchObject({ phase: "after", event: { outcome: "failure", failure: "refused" } });
    expect(told.notices).toMatchObject([{ account: "ann", why: "blocked" }]);
  });

  it("a wrong one is a failure as ever", async () => {
    const { guard, handle } = await lateHandle();
    expect(await handle.conclude(wrong)).toMatchObject({ admitted: false });
    expect(await counted(guard)).toBe(1);
  });

  it("a technical fault takes nothing back either", async () => {
    const { guard, handle } = await lateHandle();
    expect(await handle.conclude({ ok: false, failure: "error" })).toMatchObject({ admitted: false });
    expect(await counted(guard)).toBe(1);
  });

  it("a credential that waits for a factor is not asked for one", async () => {
    const { handle } = await lateHandle();
    expect(await handle.conclude(rightSoFar)).toMatchObject({ admitted: false, awaiting: false });
    expect(await handle.proof(code)).toMatchObject({ admitted: false });
  });

  it("gives no device cookie", async () => {
    const { handle } = await lateHandle({ secrets });
    await handle.conclude(right);
    await expect(handle.deviceToken()).rejects.toThrow(TypeError);
  });

  it("in shadow mode lets in as ever, and says so", async () => {
    const { handle } = await lateHandle({ mode: "shadow" });
    const { admitted, decision } = await handle.conclude(right);
    expect(admitted).toBe(true);
    expect(decision).toMatchObject({ action: "ALLOW", degraded: [{ kind: "attempt-expired", did: "ABSTAIN" }] });
  });

  it("in time is in time: fifteen minutes by default", async () => {
    const guard = createGuard();
    const handle = await guard.begin(attempt);
    await sleep(50);
    expect(await handle.conclude(right)).toMatchObject({ admitted: true });
  });
});

describe.each<[string, (guard: ReturnType<typeof createGuard>) => Promise<{ proof: Awaited<ReturnType<typeof guard.resume>>["proof"] }>]>([
  [
    "by its handle",
    async (guard) => {
      const handle = await guard.begin(attempt);
      await handle.conclude(rightSoFar);
      return handle;
    },
  ],
  [
    "by its token",
    async (guard) => {
      const handle = await guard.begin(attempt);
      await handle.conclude(rightSoFar);
      return guard.resume(await handle.token());
    },
  ],
])("proven late, %s", (_, waiting) => {
  it("exactly at the boundary is in time", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, secrets, attemptWithin: { minutes: 10 } });
    const handle = await waiting(guard);
    goOn({ minutes: 10 });
    const { admitted, decision } = await handle.proof(code);
    expect(admitted).toBe(true);
    expect(decision.degraded.map(({ kind }) => kind)).not.toContain("attempt-expired");
    expect(await counted(guard)).toBe(0);
  });

  it("a millisecond behind it is too late, and the attempt stays a failure", async () => {
    const { clock, goOn } = handClock();
    const told = listener();
    const guard = createGuard({ clock, secrets, attemptWithin: { minutes: 10 }, ...told.hooks });
    const handle = await waiting(guard);
    goOn({ minutes: 10, seconds: 0.001 });
    expect(await handle.proof(code)).toMatchObject({
      admitted: false,
      awaiting: false,
      decision: { action: "BLOCK", degraded: expect.arrayContaining([{ kind: "attempt-expired", did: "BLOCK" }]) },
    });
    expect(await counted(guard)).toBe(1);
    expect(told.notices).toMatchObject([{ why: "blocked" }]);
    expect(await handle.proof(code)).toMatchObject({ admitted: false });
  });

  it("is fifteen minutes where a guard was told nothing", async () => {
    for (const [seconds, admitted] of [
      [0, true],
      [0.001, false],
    ] as const) {
      const { clock, goOn } = handClock();
      const handle = await waiting(createGuard({ clock, secrets }));
      goOn({ minutes: 15, seconds });
      expect((await handle.proof(code)).admitted).toBe(admitted);
    }
  });

  it("a wrong code in between does not put the boundary off", async () => {
    const { clock, goOn } = handClock();
    const guard = createGuard({ clock, secrets, attemptWithin: { minutes: 10 } });
    const handle = await waiting(guard);
    for (let i = 0; i < 5; i++) {
      goOn({ minutes: 2 });
      await handle.proof(wrongCode);
    }
    goOn({ seconds: 1 });
    expect(await handle.proof(code)).toMatchObject({ admitted: false });
  });
});

it("a late failure is written at the time at which its attempt began, not at which it ended", async () => {
  const { clock, goOn } = handClock(5_000_000);
  const store = spyingStore({ clock });
  const handle = await createGuard({ store, clock }).begin(attempt);
  goOn({ minutes: 14 });
  await handle.conclude(wrong);
  const entries = store.exchanges[1]!.map(({ entries }) => entries);
  expect(entries).not.toEqual([]);
  for (const entry of entries) expect(entry).toMatch(/^\[5000000,/);
});
