import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Policy } from "../../../src/core/engine/policy.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { defaultPolicy } from "../../../src/core/policies/default.js";
import { createState, type LoginState, openState, stateSize } from "../../../src/core/state/login-state.js";
import { restore } from "../../../src/core/state/restore.js";
import { type SnapshotHeader, snapshot } from "../../../src/core/state/snapshot.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { fourKinds } from "../../support/four-kinds.js";
import { groupsOf } from "../../support/groups-of.js";
import { login } from "../../support/login.js";

/** All that a state is, for two states to be compared. */
function contents(state: LoginState): unknown {
  const [{ clock, room }] = [...snapshot(state)] as [SnapshotHeader];
  return { clock, room, groups: groupsOf(state) };
}

interface Version {
  readonly state: LoginState;
  /** The plain copy: every event that led here. */
  readonly past: readonly LoginEvent[];
  readonly policies: readonly Policy[];
}

const policies = [fourKinds, defaultPolicy];
const moves = fc.array(fc.record({ from: fc.nat(), policy: fc.constantFrom(0, 0, 0, 1), looks: fc.nat(3) }), {
  minLength: 1,
  maxLength: 40,
});
const events = streams({ maxLength: 20, seconds: 40, accounts: ["ann", "bob", "cid"] });
const sizes = fc.constantFrom(1_000_000, 24, 7);

describe("any version of a state", () => {
  it("reads as it did after any number of tracks, along any branches, going back and forth", () => {
    fc.assert(
      fc.property(events, moves, sizes, (events, moves, maxGroups) => {
        fc.pre(events.length > 0);
        const empty = createState({ maxGroups });
        const versions: Version[] = [{ state: empty, past: [], policies: [] }];
        for (const [i, { from, policy, looks }] of moves.entries()) {
          const { state, past, policies: before } = versions[looks === 0 ? from % versions.length : versions.length - 1]!;
          const [event, by] = [events[i % events.length]!, policies[policy]!];
          versions.push({ state: track(event, state, by), past: [...past, event], policies: [...before, by] });
          const looked = versions[from % versions.length]!;
          expect(contents(looked.state)).toEqual(contents(again(looked, maxGroups)));
        }
        for (const version of versions) expect(contents(version.state)).toEqual(contents(again(version, maxGroups)));
      }),
      { numRuns: 60 },
    );
  });

  it("decides as it did, and two futures of one past do not see each other", () => {
    const past = [1, 2, 3, 4].reduce((state, at) => track(login(at), state), createState());
    const failing = [5, 6, 7, 8, 9, 10].reduce((state, at) => track(login(at), state), past);
    const proven = track(login(5, { outcome: "success" }), past);
    const asking = login(20, { outcome: "success", factors: ["mfa"], account: { id: "ann", status: "active", type: "human" } });
    for (let turn = 0; turn < 3; turn++) {
      expect(evaluateLogin(asking, failing).action).toBe("BLOCK");
      expect(evaluateLogin(asking, proven).action).toBe("ALLOW");
      expect(evaluateLogin(asking, past).action).toBe("ALLOW");
    }
    expect(evaluateLogin(asking, track(login(6), past)).verdicts[0]?.facts).toMatchObject({ failures: 5 });
  });

  it("stays as it was when tracking throws", () => {
    const state = [1, 2, 3].reduce((state, at) => track(login(at), state), createState());
    const before = contents(state);
    expect(() => track({ ...login(4), at: Number.NaN }, state)).toThrow(TypeError);
    expect(contents(state)).toEqual(before);
  });
});

function again({ past, policies }: Version, maxGroups: number): LoginState {
  return past.reduce((state: LoginState, event, i) => track(event, state, policies[i]), createState({ maxGroups }));
}

describe("the table under a state is copied once in a while", () => {
  it("and no version notices", () => {
    const at = (i: number) => login(i, { id: `e${i % 50}`, account: `account-${i % 7}` });
    let state = createState();
    const all: LoginState[] = [];
    const kept: [number, LoginState][] = [];
    const steps = 8_192 * 2 + 10;
    for (let i = 0; i < steps; i++) {
      state = track(at(i % 50), state, fourKinds);
      all.push(state);
      if (i % 1_600 === 0 || Math.abs(i - 8_192) <= 2) kept.push([i, state]);
    }
    expect(all.filter((version) => openState(version).hold.table !== undefined).length).toBeGreaterThan(1);
    const settled = groupsOf(kept[1]![1]);
    expect(Object.keys(settled).length).toBeGreaterThan(7);
    for (const [i, version] of kept.slice(1).toReversed()) expect([i, groupsOf(version)]).toEqual([i, settled]);
  });
});

describe("an empty state", () => {
  it("owns no table, however much was tracked on it: kept alive, it keeps nothing alive", () => {
    const empty = createState();
    for (let future = 0; future < 3; future++) {
      [1, 2, 3].reduce((state, at) => track(login(at, { account: `future-${future}` }), state), empty);
    }
    expect(openState(empty).hold).toEqual({ ...openState(createState()).hold });
    expect(openState(empty).hold).toMatchObject({ table: undefined, newer: undefined });
    expect(stateSize(empty)).toEqual({ groups: 0, maxGroups: 1_000_000 });
  });

  it("is a new value each time, never a shared one", () => {
    expect(createState()).not.toBe(createState());
    expect(openState(createState()).hold).not.toBe(openState(createState()).hold);
  });

  it.each([0, -1, 1.5, 16_000_001, Number.NaN, Number.POSITIVE_INFINITY, "9" as unknown as number])(
    "refuses %s as its cap",
    (maxGroups) => {
      expect(() => createState({ maxGroups })).toThrow(RangeError);
    },
  );

  it.each([1, 16_000_000])("takes %i as its cap", (maxGroups) => {
    expect(stateSize(createState({ maxGroups }))).toEqual({ groups: 0, maxGroups });
  });
});

describe("what is no state", () => {
  it.each([undefined, null, {}, [], "state", 42])("%j is refused by every verb", (state) => {
    const given = state as unknown as LoginState;
    for (const use of [
      stateSize,
      (state: LoginState) => track(login(1), state),
      (state: LoginState) => evaluateLogin(login(1), state),
      (state: LoginState) => [...snapshot(state)],
    ]) {
      expect(() => use(given)).toThrow(TypeError);
    }
  });

  it("a snapshot is not one either, before it is restored", () => {
    const records = [...snapshot(track(login(1), createState()))];
    expect(() => evaluateLogin(login(2), records as unknown as LoginState)).toThrow(TypeError);
    expect(evaluateLogin(login(2), restore(records)).action).toBe("ALLOW");
  });
});
