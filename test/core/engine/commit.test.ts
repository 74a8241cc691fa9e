import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { byAccount } from "../../../src/core/aggregates/grouping.js";
import { predicate } from "../../../src/core/aggregates/predicate.js";
import { commit } from "../../../src/core/engine/commit.js";
import type { FoldMode } from "../../../src/core/engine/fold.js";
import type { Policy } from "../../../src/core/engine/policy.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { defaultPolicy } from "../../../src/core/policies/default.js";
import { createState, type LoginState, openState, sealState } from "../../../src/core/state/login-state.js";
import { snapshot } from "../../../src/core/state/snapshot.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { exposing } from "../../support/exposing.js";
import { fourKinds } from "../../support/four-kinds.js";
import { groupsOf } from "../../support/groups-of.js";
import { login } from "../../support/login.js";

function committed(stream: readonly LoginEvent[], policy: Policy, mode: FoldMode, maxGroups: number) {
  let version = openState(createState({ maxGroups }));
  const recognised = stream.map((event) => {
    const next = commit(policy.compiled, version, event, mode);
    version = next.version;
    return next.recognised.map(({ rising, detection }) => ({ rising, detection }));
  });
  return { recognised, contents: [...snapshot(sealState(version))] };
}

describe("folding in place", () => {
  it("is the same fold as on fresh records: it remembers the same and recognises the same", () => {
    const drawn = streams({ maxLength: 35, seconds: 40, accounts: ["ann", "bob", "cid"] });
    fc.assert(
      fc.property(drawn, fc.constantFrom(defaultPolicy, fourKinds), fc.constantFrom(1_000_000, 12), (stream, policy, maxGroups) => {
        expect(committed(stream, policy, "in-place", maxGroups)).toEqual(committed(stream, policy, "fresh", maxGroups));
      }),
      { numRuns: 100 },
    );
  });
});

describe("an event that a policy's own predicate chokes on", () => {
  const choking = predicate("choking", ({ id }) => {
    if (id === "choke") throw new Error("no such field");
    return true;
  });
  const { policy } = exposing({ any: count({ where: choking, by: byAccount, within: "ever", limit: 2 }) });

  it.each([1_000_000, 3, 1])("is not half-tracked: the state given stays as it was, with room for %i", (maxGroups) => {
    const events = Array.from({ length: 5 }, (_, i) => login(i, { account: `a${i}` }));
    const state = events.reduce((state: LoginState, event) => track(event, state, policy), createState({ maxGroups }));
    const before = groupsOf(state);
    expect(() => track(login(9, { id: "choke", account: "b" }), state, policy)).toThrow("no such field");
    expect(groupsOf(state)).toEqual(before);
    const again = [...events, login(10)].reduce((state: LoginState, event) => track(event, state, policy), createState({ maxGroups }));
    expect(groupsOf(track(login(10), state, policy))).toEqual(groupsOf(again));
  });
});
