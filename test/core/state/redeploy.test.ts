import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { byAccount, byTenant } from "../../../src/core/aggregates/grouping.js";
import { failed, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import { definePolicy, type Policy } from "../../../src/core/engine/policy.js";
import { createDefaultPolicy, defaultPolicy } from "../../../src/core/policies/default.js";
import { failedAttempts } from "../../../src/core/rules/failed-attempts.js";
import { createState, type LoginState, stateSize } from "../../../src/core/state/login-state.js";
import { restore } from "../../../src/core/state/restore.js";
import { snapshot } from "../../../src/core/state/snapshot.js";
import { advance } from "../../../src/core/verbs/advance.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { track } from "../../../src/core/verbs/track.js";
import { exposing } from "../../support/exposing.js";
import { throughJson } from "../../support/json.js";
import { login } from "../../support/login.js";

const only = (options: Parameters<typeof failedAttempts>[0]): Policy => definePolicy({ id: "only", rules: [failedAttempts(options)] });
const failing = (times: number, policy: Policy): LoginState =>
  Array.from({ length: times }, (_, i) => login(1000 * (i + 1))).reduce((state, event) => track(event, state, policy), createState());

const deploys: [string, (state: LoginState) => LoginState][] = [
  ["in the same process", (state) => state],
  ["over a snapshot", (state) => restore(throughJson([...snapshot(state)]))],
];

describe.each(deploys)("a redeploy %s", (_, deploy) => {
  it.each<[string, Parameters<typeof failedAttempts>[0], string]>([
    ["a lower limit: the lock that would hold now holds", { flagAt: 2, blockAt: 6 }, "BLOCK"],
    ["the same limit", { flagAt: 5, blockAt: 10 }, "BLOCK"],
    ["a longer window", { within: { hours: 2 } }, "BLOCK"],
    ["a shorter window that still holds them", { within: { minutes: 1 } }, "BLOCK"],
    ["a shorter window that does not", { within: { seconds: 5 } }, "ALLOW"],
    ["a higher limit, which they do not reach", { flagAt: 5, blockAt: 11 }, "FLAG"],
    ["other limits for the account", { challengeAccountAt: 3 }, "BLOCK"],
  ])("reads the old memory under %s", (_, options, action) => {
    const state = deploy(failing(10, only({})));
    expect(evaluateLogin(login(11_000), state, only(options)).action).toBe(action);
  });

  it("with other limits frees no lock: what was locked stays locked until the time it was told", () => {
    const before = only({});
    const state = failing(12, before);
    const { retryAt } = evaluateLogin(login(13_000), state, before);
    const after = only({ flagAt: 3, blockAt: 8, challengeAccountAt: 4 });
    const decision = evaluateLogin(login(13_000), deploy(state), after);
    expect(decision.action).toBe("BLOCK");
    expect(decision.retryAt).toBeGreaterThanOrEqual(retryAt!);
  });

  it("back to the first policy finds its lock where nothing has been tracked in between", () => {
    const state = deploy(deploy(failing(10, only({}))));
    expect(evaluateLogin(login(11_000), state, only({ flagAt: 1, blockAt: 2 })).action).toBe("BLOCK");
    expect(evaluateLogin(login(11_000), state, only({})).action).toBe("BLOCK");
  });

  it("keeps what a policy with a lower limit tracks on, as far as that one needs it", () => {
    const [high, low] = [only({ flagAt: 5, blockAt: 10 }), only({ flagAt: 2, blockAt: 3 })];
    const state = track(login(11_000), deploy(failing(10, high)), low);
    expect(evaluateLogin(login(12_000), state, low).action).toBe("BLOCK");
  });

  it("with more rules reads the old ones as before, and begins to remember for the new", () => {
    const old = { failures: count({ where: unproven, by: byAccount, within: "ever", limit: 5 }) };
    const more = {
      everyone: count({ where: failed, by: byTenant, within: "ever", limit: 5 }),
      settled: count({ where: failed, by: byAccount, within: "ever", limit: 5 }),
      ...old,
    };
    const [before, after] = [exposing(old), exposing(more)];
    const state = deploy(failing(3, before.policy));
    expect(after.read(state, login(9000))).toMatchObject({ everyone: { value: 0 }, settled: { value: 0 }, failures: { value: 3 } });
    const later = track(login(4000), state, after.policy);
    expect(after.read(later, login(9000))).toMatchObject({ everyone: { value: 1 }, settled: { value: 1 }, failures: { value: 4 } });
    expect(before.read(later, login(9000))).toMatchObject({ failures: { value: 4 } });
  });

  it("with fewer rules keeps the memory of the others until it expires or makes room", () => {
    const both = exposing({
      everyone: count({ where: failed, by: byTenant, within: "ever", limit: 5 }),
      failures: count({ where: failed, by: byAccount, within: "ever", limit: 5 }),
    });
    const one = exposing({ failures: count({ where: failed, by: byAccount, within: "ever", limit: 5 }) });
    const state = track(login(4000), deploy(failing(3, both.policy)), one.policy);
    expect(both.read(state, login(9000))).toMatchObject({ everyone: { value: 3 }, failures: { value: 4 } });
  });

  it("does not raise an attack again that was raised before", () => {
    const policy = createDefaultPolicy();
    const raised: string[] = [];
    let state = createState();
    for (let i = 1; i <= 30; i++) {
      const advanced = advance(login(i * 1000), i === 15 ? deploy(state) : state, i < 15 ? defaultPolicy : policy);
      raised.push(...advanced.detections.map(({ detector }) => detector));
      state = advanced.state;
    }
    expect(raised).toEqual(["brute-force"]);
  });

  it("keeps the cap that the state was made with", () => {
    const state = track(login(1), createState({ maxGroups: 9 }));
    expect(stateSize(deploy(state)).maxGroups).toBe(9);
  });
});
