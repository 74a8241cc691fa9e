import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../src/core/aggregates/count.js";
import { countDistinct } from "../../src/core/aggregates/count-distinct.js";
import { countryField, field } from "../../src/core/aggregates/field.js";
import { byAccount, grouping } from "../../src/core/aggregates/grouping.js";
import { attempted, unproven } from "../../src/core/aggregates/outcome-predicates.js";
import { predicate } from "../../src/core/aggregates/predicate.js";
import { definePolicy, type Policy } from "../../src/core/engine/policy.js";
import { createDefaultPolicy, defaultPolicy } from "../../src/core/policies/default.js";
import { block, defineRule, flag } from "../../src/core/rules/rule.js";
import { createGuard } from "../../src/guard/create-guard.js";
import type { Handle } from "../../src/guard/handle.js";
import type { CredentialResult } from "../../src/guard/result.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import { fourKinds } from "../support/four-kinds.js";
import { groupsOf } from "../support/groups-of.js";
import { guardModel } from "../support/guard-model.js";
import { listener } from "../support/listener.js";
import { numbered } from "../support/numbered.js";
import { disabled, right, wrong } from "../support/results.js";
import { spyingStore } from "../support/spying-store.js";

// what a policy of one's own may look at: facts that only the result brings, and what the credential brought
const byPassword = grouping("password", (_, event) => event.credential?.fingerprint);
const notService = predicate(
  "not-service",
  (event) => event.kind === "login" && event.outcome !== "success" && event.account.type !== "service",
);
const oneFactor = predicate("one-factor", (event) => event.kind === "login" && event.factors === undefined);
const password = field("password", (_, event) => event.credential?.fingerprint);
const own = defineRule({
  id: "own",
  summary: "Counts by what only the result or the credential tells.",
  phase: "before",
  reads: {
    humans: count({ where: notService, by: byAccount, within: { seconds: 30 }, limit: 5 }),
    weak: count({ where: oneFactor, by: byAccount, within: { seconds: 30 }, limit: 9 }),
    same: count({ where: unproven, by: byPassword, within: { seconds: 30 }, limit: 4 }),
    tried: countDistinct({ field: password, where: attempted, by: byAccount, within: { seconds: 30 }, limit: 6 }),
    countries: countDistinct({ field: countryField, where: unproven, by: byAccount, within: { seconds: 30 }, limit: 3 }),
  },
  limits: [{ reads: "same", at: 4, action: "BLOCK" }],
  evaluate({ humans, weak, same, tried, countries }) {
    const facts = { humans: humans.value, weak: weak.value, same: same.value, tried: tried.value, countries: countries.value };
    return same.value >= 4 ? block(facts) : flag(facts);
  },
  explain: () => "own",
});

const policies: readonly [string, Policy][] = [
  ["the default policy", defaultPolicy],
  [
    "the default policy with low limits",
    createDefaultPolicy({ failedAttempts: { flagAt: 2, blockAt: 3, challengeAccountAt: 5 }, passwordSpraying: { limit: 2 } }),
  ],
  ["all four kinds of memory", fourKinds],
  ["groupings, fields and predicates of one's own", definePolicy({ id: "own", rules: [own] })],
];

const service: CredentialResult = { ok: false, failure: "wrong-password", account: { type: "service", status: "active" } };
const strong: CredentialResult = { ok: true, factors: ["pwd", "otp"], account: { status: "active", type: "human" } };

const attempt = fc.record({
  account: fc.constantFrom("ann", "bob", "cid"),
  ip: fc.constantFrom("192.0.2.1", "192.0.2.2", "nowhere"),
  device: fc.constantFrom(undefined, undefined, "laptop"),
  tenant: fc.constantFrom(undefined, undefined, undefined, "acme"),
  country: fc.constantFrom("DE", "FR", "AT"),
  fingerprint: fc.constantFrom(undefined, "p1", "p2"),
  result: fc.constantFrom<CredentialResult>(
    right,
    wrong,
    wrong,
    wrong,
    disabled,
    service,
    strong,
    { ok: false, failure: "error" },
    { ok: false, failure: "unknown-account" },
  ),
  /** How many others begin before it ends; 99 for never. */
  lasts: fc.constantFrom(0, 0, 0, 1, 2, 5, 99),
  pause: fc.constantFrom(0, 500, 2_000, 7_000),
  unlocks: fc.constantFrom(...Array<boolean>(14).fill(false), true),
});

describe.each(policies)("under %s", (_, policy) => {
  it("guards on one store decide, recognise and remember as the pure core does, whatever begins before what ends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 10, maxLength: 40 }), fc.integer({ min: 1, max: 3 }), async (list, servers) => {
        let now = 1_000;
        const clock = (): number => now;
        const told = listener();
        const store = spyingStore({ clock });
        const newId = numbered();
        const guards = Array.from({ length: servers }, () => createGuard({ clock, store, policy, newId, ...told.hooks }));
        const model = guardModel(policy);
        const open: { readonly handle: Handle; readonly ends: number; readonly result: CredentialResult }[] = [];
        const end = async (step: number): Promise<void> => {
          for (const { handle, result } of open.filter(({ ends }) => ends === step)) {
            const { admitted, awaiting, decision } = await handle.conclude(result);
            expect({ admitted, awaiting, decision }).toEqual(model.conclude(handle.id, result));
          }
        };
        for (const [step, { account, ip, device, tenant, country, fingerprint, result, lasts, pause, unlocks }] of list.entries()) {
          now += pause;
          const guard = guards[step % servers]!;
          const extras = {
            ...(device === undefined ? {} : { client: { deviceId: device } }),
            ...(tenant === undefined ? {} : { tenant }),
            ...(fingerprint === undefined ? {} : { credential: { fingerprint } }),
          };
          if (unlocks) {
            await guard.unlock({ account, ...(tenant === undefined ? {} : { tenant }) }, { reason: "test", actor: "me" });
            const { event } = told.locks.at(-1)!;
            model.unlock(event);
          }
          const handle = await guard.begin({ account, source: { ip, country }, ...extras });
          const expected = model.begin({
            id: handle.id,
            at: now,
            kind: "login",
            outcome: "pending",
            account: { id: account },
            source: { ip, country },
            ...extras,
          });
          expect(handle.decision).toEqual(expected);
          open.push({ handle, ends: step + lasts, result });
          await end(step);
        }
        expect(told.detections).toEqual(model.detections);
        const groups = Object.values(groupsOf(model.state())).flatMap((group) => Object.entries((group as { cells: object }).cells));
        const kept = await remembered(guards[0]!);
        for (const [slot, cell] of groups) if (/ by account(-and-(source|device))?$/.test(slot)) expect(kept).toContainEqual([slot, cell]);
      }),
      { numRuns: 80 },
    );
  });
});

/** Everything that a guard remembers of the accounts of this file. */
async function remembered(guard: ReturnType<typeof createGuard>): Promise<unknown[]> {
  const names = ["ann", "bob", "cid"].flatMap((account) => [{ account }, { account, tenant: "acme" }]);
  const groups = await Promise.all(names.map((name) => guard.exportAccount(name)));
  return groups.flat().flatMap((group) => Object.entries(group.remembered));
}

describe("an attempt that is taken up by its token", () => {
  it("leaves no reservation behind, though its facts come with the proof", async () => {
    const shared = { store: memoryStore(), policy: policies[3]![1], secrets: ["0123456789abcdef0123456789abcdef"] };
    const handle = await createGuard(shared).begin({ account: "ann", source: "192.0.2.1" });
    await handle.conclude({ ok: true, factors: ["pwd"], awaiting: "mfa" });
    const guard = createGuard(shared);
    const resumed = await guard.resume(await handle.token());
    await resumed.proof({ ok: true, factors: ["otp"], account: { type: "service", status: "active" } });
    const cells = (await guard.exportAccount({ account: "ann" })).flatMap((group) => Object.values(group.remembered));
    expect(cells.filter((cell) => "pending" in cell)).toEqual([]);
  });
});

describe("an attempt that ends with a further factor", () => {
  it.each(policies)("leaves no reservation behind, by its handle, under %s", async (_, policy) => {
    const store = memoryStore();
    const guard = createGuard({ store, policy });
    const handle = await guard.begin({
      account: "ann",
      source: "192.0.2.1",
      client: { deviceId: "laptop" },
      credential: { fingerprint: "p1" },
    });
    await handle.conclude({ ...right, factors: ["pwd"], awaiting: "mfa" } as CredentialResult);
    expect(await handle.proof({ ok: true, factors: ["otp"] })).toMatchObject({ admitted: true });
    const pending = (await guard.exportAccount({ account: "ann" }))
      .flatMap(({ remembered: cells }) => Object.values(cells))
      .filter((cell) => "pending" in cell);
    expect(pending).toEqual([]);
    const probe = await guard.begin({ account: "zoe", source: "192.0.2.9", credential: { fingerprint: "p1" } });
    for (const { facts } of probe.decision.verdicts) expect(facts).toMatchObject({ same: 0 });
  });
});
