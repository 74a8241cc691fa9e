import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { createGuard } from "../../src/guard/create-guard.js";
import type { Fault, GuardHooks } from "../../src/guard/hooks.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { code, disabled, right, rightSoFar, wrong, wrongCode } from "../support/results.js";

const attempt = { account: "ann", source: "192.0.2.1" };
const policy = createDefaultPolicy({ failedAttempts: { flagAt: 2, blockAt: 2 }, bruteForce: { limit: 2 } });
const names = ["onDecision", "onDetection", "onLock", "onOwnerNotice"] as const;

/** A day on which every hook has something to hear. */
async function day(hooks: GuardHooks): Promise<string[]> {
  const { clock, goOn } = handClock();
  const guard = createGuard({ clock, policy, ...hooks });
  const heard: string[] = [];
  for (const result of [disabled, wrong, wrong]) {
    const handle = await guard.begin(attempt);
    const { admitted, detections } = await handle.conclude(result);
    heard.push(`${handle.decision.action} ${admitted} ${detections.map(({ detector }) => detector)}`);
  }
  goOn({ seconds: 1 });
  await guard.unlock({ account: "ann" }, { reason: "reset", actor: "ann" });
  goOn({ seconds: 1 });
  heard.push(`${(await (await guard.begin(attempt)).conclude(right)).admitted}`);
  return heard;
}

const unruly: readonly [string, () => unknown][] = [
  [
    "throws",
    () => {
      throw new Error("hook failed");
    },
  ],
  [
    "throws nothing",
    () => {
      throw undefined;
    },
  ],
  ["rejects", () => Promise.reject(new Error("hook failed"))],
  [
    "rejects later",
    async () => {
      await turn();
      throw new Error("hook failed");
    },
  ],
  ["never ends", () => new Promise(() => undefined)],
  [
    "gives what throws when it is asked for `then`",
    () => ({
      // biome-ignore lint/suspicious/noThenProperty: the subject of the test
      get then() {
        throw new Error("hook failed");
      },
    }),
  ],
  [
    "gives what throws when it is waited for",
    () =>
      thenableThat(() => {
        throw new Error("hook failed");
      }),
  ],
  [
    "gives what rejects twice and then fulfils",
    () =>
      thenableThat((resolve, reject) => {
        reject(new Error("hook failed"));
        reject(new Error("again"));
        resolve();
      }),
  ],
  ["gives what is waited for without end", () => thenableThat(() => undefined)],
  [
    "gives a promise whose `catch` throws",
    () =>
      Object.assign(Promise.resolve(), {
        catch: () => {
          throw new Error("hook failed");
        },
      }),
  ],
  [
    "gives a function",
    () => () => {
      throw new Error("hook failed");
    },
  ],
  ["gives null", () => null],
];

/** An object that is waited for like a promise. */
function thenableThat(then: (resolve: () => void, reject: (error: unknown) => void) => void): unknown {
  return { then };
}

describe.each(unruly)("a hook that %s", (how, hook) => {
  it("harms no login, and is reported", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const faults: Fault[] = [];
    const heard = await day({ ...Object.fromEntries(names.map((name) => [name, hook])), onFault: (fault) => faults.push(fault) });
    expect(heard).toEqual(await day({}));
    await turn();
    await turn();
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
    const quiet = /never ends|without end|gives null|a function/.test(how);
    expect(new Set(faults.map(({ where }) => where))).toEqual(new Set(quiet ? [] : names));
  });

  it("as `onFault` harms nothing either", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    expect(
      await day({
        onDecision: () => {
          throw new Error("first");
        },
        onFault: hook,
      }),
    ).toEqual(await day({}));
    await turn();
    await turn();
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
});

describe("onDecision hears each answer once, in order", () => {
  const phases = async (work: (guard: ReturnType<typeof createGuard>) => Promise<unknown>): Promise<string[]> => {
    const told = listener();
    await work(createGuard({ ...handClock(), policy, ...told.hooks }));
    return told.decisions.map(
      ({ phase, event, decision }) => `${phase} ${event.kind} ${event.outcome} ${event.failure ?? "-"} ${decision.action}`,
    );
  };
  const begin = (guard: ReturnType<typeof createGuard>) => guard.begin(attempt);

  it.each<[string, (guard: ReturnType<typeof createGuard>) => Promise<unknown>, readonly string[]]>([
    ["a begin alone", begin, ["before login pending - ALLOW"]],
    ["right", async (guard) => (await begin(guard)).conclude(right), ["before login pending - ALLOW", "after login success - ALLOW"]],
    [
      "wrong",
      async (guard) => (await begin(guard)).conclude(wrong),
      ["before login pending - ALLOW", "after login failure wrong-password ALLOW"],
    ],
    [
      "refused",
      async (guard) => (await begin(guard)).conclude(disabled),
      ["before login pending - ALLOW", "after login failure refused BLOCK"],
    ],
    ["cancelled: nothing was answered", async (guard) => (await begin(guard)).cancel(), ["before login pending - ALLOW"]],
    [
      "blocked",
      async (guard) => {
        for (let i = 0; i < 2; i++) await begin(guard);
        await (await begin(guard)).conclude(right);
      },
      ["before login pending - ALLOW", "before login pending - ALLOW", "before login blocked - BLOCK"],
    ],
    [
      "a second factor",
      async (guard) => {
        const handle = await begin(guard);
        await handle.conclude(rightSoFar);
        await handle.proof(wrongCode);
        await handle.proof(code);
      },
      ["before login pending - ALLOW", "after login pending - ALLOW", "proof mfa failure mfa-failed ALLOW", "proof login success - ALLOW"],
    ],
    ["in one call", (guard) => guard.judge(attempt, right), ["before login pending - ALLOW", "after login success - ALLOW"]],
  ])("%s", async (_, work, heard) => expect(await phases(work)).toEqual(heard));

  it("a proof that is blocked is told as one", async () => {
    const heard = await phases(async (guard) => {
      const handle = await begin(guard);
      await handle.conclude(rightSoFar);
      for (let i = 0; i < 11; i++) await handle.proof(wrongCode);
    });
    expect(heard.at(-1)).toBe("proof mfa blocked - BLOCK");
    expect(heard).toHaveLength(2 + 11);
  });

  it("is told what the caller is told", async () => {
    const told = listener();
    const guard = createGuard({ ...told.hooks });
    const handle = await guard.begin(attempt);
    const { decision } = await handle.conclude(right);
    expect(told.decisions[0]!.decision).toBe(handle.decision);
    expect(told.decisions[1]!.decision).toBe(decision);
    expect(told.decisions.map(({ event }) => event.id)).toEqual([handle.id, handle.id]);
  });

  it("hears facts of the account only once the application gave them", async () => {
    const told = listener();
    await createGuard(told.hooks).judge(attempt, right);
    expect(told.decisions.map(({ event }) => event.account)).toEqual([
      { id: "ann" },
      { id: "ann", status: "active", type: "human", mfaEnrolled: true },
    ]);
  });
});

it("hooks are called by the guard's options as they are: none is called that is not there", async () => {
  expect(await day({ onDecision: undefined as never })).toEqual(await day({}));
});
