import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Policy } from "../../../src/core/engine/policy.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createDefaultPolicy, defaultPolicy } from "../../../src/core/policies/default.js";
import { createState, type LoginState, stateSize } from "../../../src/core/state/login-state.js";
import { restore } from "../../../src/core/state/restore.js";
import { type SnapshotHeader, type SnapshotRecord, snapshot } from "../../../src/core/state/snapshot.js";
import { advance } from "../../../src/core/verbs/advance.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { fourKinds } from "../../support/four-kinds.js";
import { throughJson } from "../../support/json.js";
import { login } from "../../support/login.js";

const within = { seconds: 30 };
/** The default policy, quick to speak. */
const quick = createDefaultPolicy({
  failedAttempts: { flagAt: 1, blockAt: 3, within, challengeAccountAt: 3, accountWithin: within },
  bruteForce: { limit: 2, within },
  passwordSpraying: { limit: 2, within },
  successAfterFailures: { limit: 1, within },
  userEnumeration: { limit: 1, within },
});

const hostile = ["__proto__", "constructor", "\u0000a", "line\nbreak", "lone \ud800 surrogate", '"quoted"'];

function runOn(events: readonly LoginEvent[], from: LoginState, policy: Policy): { said: unknown[]; state: LoginState } {
  let state = from;
  const said = events.map((event) => {
    const { state: next, ...said } = advance(event, state, policy);
    state = next;
    return said;
  });
  return { said, state };
}

describe("a snapshot restored in mid-stream, after a journey through JSON", () => {
  it.each<[string, Policy]>([
    ["the default policy", defaultPolicy],
    ["the default policy, quick to speak", quick],
    ["a policy with all four kinds of memory", fourKinds],
  ])("changes no later decision, detection or snapshot under %s", (_, policy) => {
    const drawn = streams({ maxLength: 30, seconds: 40, accounts: ["ann", "bob", ...hostile], tenants: [undefined, "acme"] });
    fc.assert(
      fc.property(drawn, fc.nat(), fc.constantFrom(1_000_000, 20), (stream, cut, maxGroups) => {
        const middle = cut % (stream.length + 1);
        const { state } = runOn(stream.slice(0, middle), createState({ maxGroups }), policy);
        const restored = restore(throughJson([...snapshot(state)]));
        expect([...snapshot(restored)]).toEqual([...snapshot(state)]);
        expect(stateSize(restored)).toEqual(stateSize(state));
        const [one, other] = [runOn(stream.slice(middle), state, policy), runOn(stream.slice(middle), restored, policy)];
        expect(other.said).toEqual(one.said);
        expect([...snapshot(other.state)]).toEqual([...snapshot(one.state)]);
      }),
      { numRuns: 80 },
    );
  });

  it("restores an empty state to one that is as good as new", () => {
    const restored = restore(throughJson([...snapshot(createState({ maxGroups: 5 }))]));
    expect(stateSize(restored)).toEqual({ groups: 0, maxGroups: 5 });
    expect(advance(login(1), restored).decision).toEqual(advance(login(1), createState()).decision);
  });

  it("takes a stream of records as it comes, one at a time", () => {
    const state = [1, 2, 3].reduce((state, at) => track(login(at), state), createState());
    const lines = function* (): Generator<SnapshotRecord> {
      for (const record of snapshot(state)) yield throughJson(record);
    };
    expect([...snapshot(restore(lines()))]).toEqual([...snapshot(state)]);
  });
});

describe("a snapshot", () => {
  it("is plain JSON, nothing lost", () => {
    fc.assert(
      fc.property(streams({ maxLength: 25 }), (stream) => {
        const records = [...snapshot(runOn(stream, createState(), fourKinds).state)];
        expect(throughJson(records)).toEqual(records);
      }),
      { numRuns: 50 },
    );
  });

  it("has one header and one record a group", () => {
    const state = runOn([login(1), login(2, { account: "bob" }), login(3, { tenant: "acme" })], createState(), fourKinds).state;
    const [header, ...groups] = [...snapshot(state)] as [SnapshotHeader, ...SnapshotRecord[]];
    expect([header.portcullis, header.version, header.room.groups]).toEqual(["state", 1, stateSize(state).groups]);
    expect(groups).toHaveLength(stateSize(state).groups);
  });

  it("read while the state advances is of the state that it was taken from", () => {
    fc.assert(
      fc.property(streams({ maxLength: 25 }), fc.nat(), fc.boolean(), (stream, cut, startLate) => {
        const middle = cut % (stream.length + 1);
        const state = runOn(stream.slice(0, middle), createState({ maxGroups: 12 }), fourKinds).state;
        const expected = [...snapshot(runOn(stream.slice(0, middle), createState({ maxGroups: 12 }), fourKinds).state)];
        const reading = snapshot(state);
        const read: SnapshotRecord[] = startLate ? [] : [reading.next().value as SnapshotRecord];
        let ahead = state;
        for (const event of stream.slice(middle)) {
          ahead = track(event, ahead, fourKinds);
          const next = startLate ? undefined : reading.next();
          if (next?.done === false) read.push(next.value);
        }
        expect(sorted([...read, ...reading])).toEqual(sorted(expected));
      }),
      { numRuns: 80 },
    );
  });

  it("is a copy: what is done to it is not done to the state", () => {
    const own = createDefaultPolicy();
    const state = [1, 2, 3].reduce((state, at) => track(login(at), state, own), createState());
    const before = throughJson([...snapshot(state)]);
    for (const record of snapshot(state)) wreck(record);
    expect([...snapshot(state)]).toEqual(before);
  });
});

const sorted = (records: readonly SnapshotRecord[]): string[] => records.map((record) => JSON.stringify(record)).sort();

function wreck(value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach(wreck);
    value.length = 0;
  } else if (typeof value === "object" && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      wreck(part);
      (value as Record<string, unknown>)[name] = undefined;
    }
  }
}
