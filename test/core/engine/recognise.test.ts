import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { byAccount, byAccountAndSource } from "../../../src/core/aggregates/grouping.js";
import { attempted, failed } from "../../../src/core/aggregates/outcome-predicates.js";
import { bruteForce } from "../../../src/core/detectors/brute-force.js";
import { type Detector, defineDetector, type Finding, nothing } from "../../../src/core/detectors/detector.js";
import { passwordSpraying } from "../../../src/core/detectors/password-spraying.js";
import { successAfterFailures } from "../../../src/core/detectors/success-after-failures.js";
import { definePolicy } from "../../../src/core/engine/policy.js";
import type { Detection } from "../../../src/core/model/detection.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createState } from "../../../src/core/state/login-state.js";
import { advance } from "../../../src/core/verbs/advance.js";
import { streams } from "../../support/attempts.js";
import { login } from "../../support/login.js";

const second = 1000;
const within = { seconds: 10 };

function detected(events: readonly LoginEvent[], ...detectors: readonly Detector[]): Detection[] {
  const policy = definePolicy({ id: "detecting", rules: [], detectors });
  let state = createState();
  return events.flatMap((event) => {
    const advanced = advance(event, state, policy);
    state = advanced.state;
    return advanced.detections;
  });
}
/** When detections are raised, in seconds. */
const raisedAt = (events: readonly LoginEvent[], detector: Detector): number[] => detected(events, detector).map(({ at }) => at / second);
const at = (...seconds: readonly number[]): LoginEvent[] => seconds.map((s) => login(s * second));
const three = bruteForce({ limit: 3, within });

describe("a pattern is raised when it begins to hold", () => {
  it.each<[string, LoginEvent[], number[]]>([
    ["not below its limit", at(1, 2), []],
    ["at its limit", at(1, 2, 3), [3]],
    ["once, however long it goes on", at(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), [3]],
    ["not by the one that comes when the first has just left", at(1, 2, 11), []],
    ["by the one just before that", [...at(1, 2), login(10_999)], [10.999]],
    ["not again when it stops for less than a window", at(1, 2, 3, 11, 12), [3]],
    ["again after a whole window in which it did not hold", at(1, 2, 3, 13, 14, 15), [3, 15]],
    ["a window after it last held, not after it was raised", at(1, 2, 3, 4, 5, 13, 14, 15, 16), [3]],
    ["by a late event as well", at(1, 3, 2), [2]],
  ])("%s", (_, events, expected) => {
    expect(raisedAt(events, three)).toEqual(expected);
  });

  it.each<[string, LoginEvent[], number[]]>([
    ["not a millisecond before a whole window is over", [login(1000), login(10_999)], [1]],
    ["when it is over", at(1, 11), [1, 11]],
    ["however late an event comes in between", at(20, 5, 21), [20]],
  ])("again %s since it last held", (_, events, expected) => {
    expect(raisedAt(events, bruteForce({ limit: 1, within }))).toEqual(expected);
  });

  it.each([2, 3, 10])("a slow attack just at a limit of %i, for a thousand windows, is one alert, not one per event", (limit) => {
    const gap = 60_000 / limit;
    const attack = Array.from({ length: 1000 * limit }, (_, i) => login(i * gap));
    const detector = bruteForce({ limit, within: { minutes: 1 } });
    expect(detected(attack, detector)).toHaveLength(1);
    const later = attack.length * gap + 60_000;
    const again = Array.from({ length: limit }, (_, i) => login(later + i));
    expect(detected([...attack, ...again], detector)).toHaveLength(2);
  });

  it("a slower one, a millisecond beyond the limit, is none", () => {
    const attack = Array.from({ length: 1000 }, (_, i) => login(i * (30_000 + 1)));
    expect(detected(attack, bruteForce({ limit: 3, within: { minutes: 1 } }))).toEqual([]);
  });
});

describe("a detection says", () => {
  it("who, what, when it began, and by what evidence", () => {
    expect(detected(at(1, 2, 3, 4), three)).toEqual([
      {
        detector: "brute-force",
        technique: "T1110.001",
        severity: "high",
        subject: { by: "account-and-source", account: "ann", source: "192.0.2.1" },
        eventId: "at-3000",
        at: 3000,
        since: 1000,
        facts: { failures: 3, limit: 3 },
      },
    ]);
  });

  it("since the first event that belongs to it: not one that has left its window", () => {
    expect(detected(at(1, 5, 9, 12), three).map(({ since }) => since)).toEqual([1000]);
    expect(detected(at(1, 12, 13, 14), three).map(({ since }) => since)).toEqual([12_000]);
  });

  it("since the first failure behind a success, however many there were", () => {
    const guessed = [...at(1, 2, 3, 4, 5, 6), login(7000, { outcome: "success" })];
    expect(detected(guessed, successAfterFailures({ limit: 3, within })).map(({ since }) => since)).toEqual([1000]);
  });

  it("its subject in canonical form, the tenant with it, `none` for what cannot be read", () => {
    const events = [1, 2, 3].map((s) => login(s * second, { account: " ANN ", ip: "127.1", tenant: "acme" }));
    expect(detected(events, three)[0]?.subject).toEqual({ by: "account-and-source", tenant: "acme", account: "ann", source: "none" });
  });
});

describe("what raises nothing", () => {
  it("pending events, however many, and they complete no pattern; their failures do", () => {
    const begun = at(1, 2, 3, 4).map((event): LoginEvent => ({ ...event, outcome: "pending" }));
    expect(raisedAt(begun, three)).toEqual([]);
    expect(raisedAt([...begun, ...at(1, 2)], three)).toEqual([]);
    expect(raisedAt([...begun, ...at(1, 2, 3)], three)).toEqual([3]);
  });

  it("pending events even where a detector looks at every attempt", () => {
    const tries = { ...three, on: attempted, reads: { failures: count({ where: attempted, by: byAccountAndSource, within, limit: 3 }) } };
    const begun = at(1, 2, 3, 4).map((event): LoginEvent => ({ ...event, outcome: "pending" }));
    expect(raisedAt(begun, tries)).toEqual([]);
    expect(raisedAt([...begun, login(4000, { outcome: "blocked" })], tries)).toEqual([4]);
  });

  it("events that a detector does not look at", () => {
    expect(raisedAt([...at(1, 2), login(3000, { outcome: "success" }), login(4000, { outcome: "blocked" })], three)).toEqual([]);
  });

  it("an event delivered again, even one whose window has filled up since", () => {
    expect(raisedAt(at(1, 9, 17, 1), three)).toEqual([]);
    expect(raisedAt(at(1, 2, 3, 3, 2, 1), three)).toEqual([3]);
  });

  it("an event delivered again, which does not keep a real attack after it from being raised either", () => {
    expect(raisedAt(at(1, 9, 17, 18), three)).toEqual([18]);
    expect(raisedAt(at(1, 9, 17, 9, 18), three)).toEqual([18]);
  });

  it("a success delivered again after the owner has mistyped: what came later was not before it", () => {
    const success = login(1000, { outcome: "success" });
    expect(detected([success, ...at(2, 3, 4), success], successAfterFailures({ limit: 3, within }))).toEqual([]);
  });

  it("a success that comes late, after the owner has mistyped later", () => {
    const success = login(1000, { outcome: "success" });
    expect(detected([...at(2, 3, 4), success], successAfterFailures({ limit: 3, within }))).toEqual([]);
  });

  it("duplicates at all: a stream with them raises what it raises without", () => {
    const doubled = streams({ maxLength: 30, seconds: 40 }).chain((stream) => {
      const settled = [...new Map(stream.filter(({ outcome }) => outcome !== "pending").map((event) => [event.id, event])).values()];
      return fc.tuple(fc.constant(settled), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 15 }));
    });
    fc.assert(
      fc.property(doubled, ([settled, again]) => {
        const delivered = again.reduce((list, [which, later]) => {
          if (list.length === 0) return list;
          const from = which % list.length;
          return list.toSpliced(from + 1 + (later % (list.length - from)), 0, list[from]!);
        }, settled);
        const detectors = [
          bruteForce({ limit: 2, within }),
          passwordSpraying({ limit: 2, within }),
          successAfterFailures({ limit: 1, within }),
        ];
        const once = detected(settled, ...detectors).map(({ detector, eventId }) => `${detector} ${eventId}`);
        expect(detected(delivered, ...detectors).map(({ detector, eventId }) => `${detector} ${eventId}`)).toEqual(once);
      }),
      { numRuns: 150 },
    );
  });

  it("another tenant's events, in the same account from the same source", () => {
    const tenants = [undefined, "acme", "umbrella", ""];
    const spread = at(1, 2, 3, 4).map((event, i) => (tenants[i] === undefined ? event : { ...event, tenant: tenants[i] }));
    expect(detected(spread, three)).toEqual([]);
    const own = at(1, 2, 3).map((event) => ({ ...event, tenant: "acme" }));
    expect(detected([...spread, ...own], three)).toHaveLength(1);
  });
});

describe("the order of detectors does not matter", () => {
  it("nor which others there are: each raises what it raises alone", () => {
    const detectors = [
      bruteForce({ limit: 2, within }),
      passwordSpraying({ limit: 2, within }),
      successAfterFailures({ limit: 1, within }),
    ];
    fc.assert(
      fc.property(streams({ maxLength: 30, seconds: 30 }), fc.shuffledSubarray(detectors, { minLength: 3 }), (stream, shuffled) => {
        const together = detected(stream, ...shuffled);
        expect(together).toEqual(detected(stream, ...detectors));
        for (const detector of detectors) {
          expect(together.filter((detection) => detection.detector === detector.id)).toEqual(detected(stream, detector));
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe("a detector that throws", () => {
  const failing = (thrown: unknown): Detector =>
    defineDetector({
      id: "failing",
      technique: "T1110",
      severity: "low",
      summary: "Fails.",
      subject: byAccount,
      on: failed,
      reads: { any: count({ where: failed, by: byAccount, within, limit: 1 }) },
      detect: ({ any }): Finding => {
        if (any.value === 0) return nothing;
        throw thrown;
      },
      explain: () => "",
    });

  it.each([
    ["an error", new Error("broken\npattern"), "broken pattern"],
    ["null", null, "threw something that is no error"],
    ["an error whose message is a number", Object.assign(new Error(), { message: 42 }), "threw something that is no error"],
  ])("%s is raised as a detection of its own failure, once a window, never silent", (_, thrown, failure) => {
    const detections = detected(at(1, 2, 3, 13, 14), failing(thrown));
    expect(detections.map(({ detector, at, since, facts }) => ({ detector, at, since, facts }))).toEqual([
      { detector: "failing", at: 1000, since: 1000, facts: { failed: failure } },
      { detector: "failing", at: 13_000, since: 13_000, facts: { failed: failure } },
    ]);
  });

  it("does not keep the others from being heard", () => {
    expect(detected(at(1, 2, 3), failing(new Error("x")), three).map(({ detector }) => detector)).toEqual(["failing", "brute-force"]);
  });
});

describe("two groups of one subject", () => {
  it("are raised each on its own", () => {
    const events = at(1, 2, 3).flatMap((event) => [event, login(event.at, { id: `${event.id}-bob`, account: "bob" })]);
    const subjects = detected(events, three).map(({ subject }) => subject.account);
    expect(subjects).toEqual(["ann", "bob"]);
    expect(byAccountAndSource.parts).toEqual(["account", "source"]);
  });
});
