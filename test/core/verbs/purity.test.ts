import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Policy } from "../../../src/core/engine/policy.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createDefaultPolicy } from "../../../src/core/policies/default.js";
import { createState, stateSize } from "../../../src/core/state/login-state.js";
import { restore } from "../../../src/core/state/restore.js";
import { snapshot } from "../../../src/core/state/snapshot.js";
import { advance } from "../../../src/core/verbs/advance.js";
import { detect } from "../../../src/core/verbs/detect.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { explain, explainDetection } from "../../../src/core/verbs/explain.js";
import { publicMessage } from "../../../src/core/verbs/public-message.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { deepFreeze } from "../../support/deep-freeze.js";
import { fourKinds } from "../../support/four-kinds.js";
import { throughJson } from "../../support/json.js";
import { login } from "../../support/login.js";
import { withoutAmbient } from "../../support/without-ambient.js";

const within = { seconds: 30 };
const makePolicy = (): Policy =>
  createDefaultPolicy({
    failedAttempts: { flagAt: 1, blockAt: 3, within, challengeAccountAt: 3, accountWithin: within },
    bruteForce: { limit: 2, within },
    passwordSpraying: { limit: 2, within },
    successAfterFailures: { limit: 1, within },
    userEnumeration: { limit: 1, within },
    maliciousIp: { lists: [{ name: "bad", addresses: ["192.0.2.2/32", "2001:db8::/32"], updatedAt: 0 }] },
    restrictedCountry: { deny: ["KP"], unknown: "FLAG" },
    allow: [{ name: "bob", accounts: ["bob"] }],
  });

/** Everything that the front door says of a stream, with the state after it. */
function replay(stream: readonly LoginEvent[], policy: Policy, maxGroups = 1_000_000): unknown[] {
  let state = createState({ maxGroups });
  const said = stream.map((event) => {
    const { decision, detections, state: next } = advance(event, state, policy, "simulated");
    const alone = [evaluateLogin(event, state, policy), detect(event, state, track(event, state, policy), policy)];
    const words = [explain(decision, policy), detections.map((detection) => explainDetection(detection, policy)), publicMessage(decision)];
    state = next;
    return [decision, detections, alone, words, stateSize(state)];
  });
  return [...said, [...snapshot(restore([...snapshot(state)]))]];
}

const drawn = streams({ maxLength: 30, seconds: 50, accounts: ["ann", "bob", "cid"], tenants: [undefined, "acme"] });

describe("values in, values out", () => {
  it("with every clock, chance, timer and key poisoned, a replay works and says the same", () => {
    fc.assert(
      fc.property(drawn, fc.constantFrom(1_000_000, 12), (stream, maxGroups) => {
        const policy = makePolicy();
        expect(throughJson(withoutAmbient(() => replay(stream, policy, maxGroups)))).toEqual(
          throughJson(replay(stream, policy, maxGroups)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("the poison works: what touches the world does not get through it", () => {
    for (const touch of [
      () => Date.now(),
      () => new Date(),
      () => Math.random(),
      () => performance.now(),
      () => crypto.randomUUID(),
      () => process.env.HOME,
    ]) {
      expect(() => withoutAmbient<unknown>(touch)).toThrow(/the core touched/);
    }
    expect(Date.now()).toBeGreaterThan(0);
    expect(Math.random()).toBeLessThan(1);
  });

  it("a policy can be made in such a world too", () => {
    expect(withoutAmbient(makePolicy).id).toBe("default");
  });

  it("the same stream twice says the same, under a policy made twice", () => {
    fc.assert(
      fc.property(drawn, (stream) => {
        expect(replay(stream, makePolicy())).toEqual(replay(stream, makePolicy()));
      }),
      { numRuns: 30 },
    );
  });

  it("what was run before or in between does not show", () => {
    fc.assert(
      fc.property(drawn, drawn, (stream, other) => {
        const policy = makePolicy();
        const alone = replay(stream, policy);
        replay(other, policy, 9);
        replay(other, fourKinds);
        expect(replay(stream, policy)).toEqual(alone);
      }),
      { numRuns: 20 },
    );
  });

  it("events and policies frozen all the way down are taken", () => {
    fc.assert(
      fc.property(drawn, (stream) => {
        const loose = replay(stream, makePolicy(), 20);
        expect(replay(deepFreeze(throughJson(stream)), deepFreeze(makePolicy()), 20)).toEqual(loose);
      }),
      { numRuns: 30 },
    );
  });

  it("an event is read, never written to", () => {
    const event = login(1, {
      outcome: "success",
      factors: ["pwd"],
      client: { deviceId: "laptop" },
      tenant: "acme",
      history: { failedAttempts: 2 },
    });
    const before = throughJson(event);
    replay([event, event], makePolicy());
    expect(event).toEqual(before);
  });

  it("a decision does not change after it was made, whatever comes later", () => {
    const policy = makePolicy();
    let state = createState();
    const made = Array.from({ length: 20 }, (_, i) => login(i, { id: `e${i}`, account: `a${i % 4}` })).map((event) => {
      const { decision, detections, state: next } = advance(event, state, policy);
      state = next;
      return { said: { decision, detections }, copy: throughJson({ decision, detections }) };
    });
    for (const { said, copy } of made) expect(throughJson(said)).toEqual(copy);
  });
});
