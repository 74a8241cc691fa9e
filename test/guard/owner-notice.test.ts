import { describe, expect, it } from "vitest";
import { definePolicy } from "../../src/core/engine/policy.js";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { challenge } from "../../src/core/rules/rule.js";
import { createGuard, type Guard } from "../../src/guard/create-guard.js";
import type { GuardOptions } from "../../src/guard/guard-options.js";
import { handClock } from "../support/hand-clock.js";
import { listener } from "../support/listener.js";
import { code, disabled, right, rightSoFar, wrong, wrongCode } from "../support/results.js";
import { saying } from "../support/saying.js";

const attempt = { account: "Ann", source: "192.0.2.1" };
const begin = (guard: Guard) => guard.begin(attempt);
const suspicious = definePolicy({ id: "suspicious", rules: [saying("odd", challenge({ odd: true }), { phase: "after" })] });

/** What the owner hears. */
async function heard(work: (guard: Guard) => Promise<unknown>, options: GuardOptions = {}) {
  const told = listener();
  await work(createGuard({ ...handClock(), ...told.hooks, ...options }));
  return told.notices;
}

describe("the owner hears of a right credential that let nobody in", () => {
  it.each<[string, (guard: Guard) => Promise<unknown>, GuardOptions, readonly string[]]>([
    ["refused by the policy", async (guard) => (await begin(guard)).conclude(disabled), {}, ["blocked"]],
    ["challenged by the policy", async (guard) => (await begin(guard)).conclude(right), { policy: suspicious }, ["challenged"]],
    [
      "challenged, and then proven: heard when it was challenged",
      async (guard) => {
        const handle = await begin(guard);
        await handle.conclude(right);
        await handle.proof({ ok: true, factors: ["pwd", "otp"] });
      },
      { policy: suspicious },
      ["challenged"],
    ],
    [
      "disabled between password and code",
      async (guard) => {
        const handle = await begin(guard);
        await handle.conclude(rightSoFar);
        await handle.proof({ ok: true, factors: ["otp"], account: { status: "disabled" } });
      },
      {},
      ["blocked"],
    ],
    [
      "once, though concluded twice",
      async (guard) => {
        const handle = await begin(guard);
        await handle.conclude(disabled);
        await handle.conclude(disabled);
      },
      {},
      ["blocked"],
    ],
    ["admitted: not", async (guard) => (await begin(guard)).conclude(right), {}, []],
    ["wrong: not", async (guard) => (await begin(guard)).conclude(wrong), {}, []],
    [
      "wrong on a disabled account: not",
      async (guard) => (await begin(guard)).conclude({ ...wrong, account: { status: "disabled" } } as typeof wrong),
      {},
      [],
    ],
    [
      "the step that the application always asks for: not",
      async (guard) => {
        const handle = await begin(guard);
        await handle.conclude(rightSoFar);
        await handle.proof(wrongCode);
        await handle.proof(code);
      },
      {},
      [],
    ],
    ["cancelled: not", async (guard) => (await begin(guard)).cancel(), {}, []],
    ["in shadow mode, where nobody is stopped: not", async (guard) => (await begin(guard)).conclude(disabled), { mode: "shadow" }, []],
    ["challenged in shadow mode: not", async (guard) => (await begin(guard)).conclude(right), { mode: "shadow", policy: suspicious }, []],
    [
      "blocked before it was looked at: not, because nobody knows that it was right",
      async (guard) => {
        for (let i = 0; i < 10; i++) await (await begin(guard)).conclude(wrong);
        await begin(guard);
        await (await begin(guard)).conclude(wrong);
      },
      {},
      [],
    ],
    [
      "blocked by a limit, from a host that has a single hook and knows that it was right",
      async (guard) => {
        for (let i = 0; i < 10; i++) await guard.judge(attempt, wrong);
        await guard.judge(attempt, right);
      },
      {},
      ["blocked"],
    ],
  ])("%s", async (_, work, options, expected) => expect((await heard(work, options)).map(({ why }) => why)).toEqual(expected));

  it("with the account as typed, its tenant, the event and the decision", async () => {
    const [notice] = await heard(async (guard) => (await guard.begin({ ...attempt, tenant: "acme" })).conclude(disabled));
    expect(notice).toMatchObject({
      account: "Ann",
      tenant: "acme",
      why: "blocked",
      event: { outcome: "success", source: { ip: "192.0.2.1" } },
      decision: { action: "BLOCK", verdicts: [{ rule: "disabled-account" }] },
    });
  });

  it("that the account's pressure challenged, from a stranger", async () => {
    const notices = await heard(
      async (guard) => {
        for (let i = 0; i < 20; i++) await (await guard.begin({ account: "ann", source: `203.0.113.${i}` })).conclude(wrong);
        await (await begin(guard)).conclude(right);
      },
      { policy: createDefaultPolicy() },
    );
    expect(notices).toMatchObject([{ why: "challenged", decision: { action: "CHALLENGE" } }]);
  });
});
