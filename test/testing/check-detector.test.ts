import { describe, expect, it } from "vitest";
import { count } from "../../src/core/aggregates/count.js";
import { byAccount } from "../../src/core/aggregates/grouping.js";
import { failed } from "../../src/core/aggregates/outcome-predicates.js";
import { type Detector, type DetectorDefinition, defineDetector, type Found, found, nothing } from "../../src/core/detectors/detector.js";
import { checkHostileStream, checkRaises, checkSilent } from "../../src/testing/check-detector.js";
import { timeline } from "../../src/testing/public.js";

const failures = count({ where: failed, by: byAccount, within: { hours: 1 }, limit: 3 });

type Forged = Partial<DetectorDefinition<{ failures: typeof failures }, Found<{ failures: number }> | undefined>>;

/** A detector in good order, but for what is forged. */
function forge(forged: Forged = {}): Detector {
  return defineDetector({
    id: "forged",
    technique: "T1110",
    severity: "low",
    summary: "Three failures.",
    subject: byAccount,
    on: failed,
    reads: { failures },
    limits: [{ reads: "failures", at: 3 }],
    detect: ({ failures }) => (failures.value < 3 ? nothing : found({ failures: failures.value }, { since: failures.times[0]! })),
    explain: (facts) => `${facts.failures} failures`,
    ...forged,
  });
}

const events = timeline().login("failure", 5);
const raised = { events, atEvent: 3 };

describe("checkRaises passes", () => {
  it("a detector in good order", () => {
    checkRaises(forge(), { ...raised, sinceEvent: 1, subject: { account: "ann" }, facts: { failures: 3 }, explains: "3 failures" });
    checkRaises(forge(), { events: timeline().login("failure", 3).wait({ hours: 1 }).login("failure", 3), atEvent: [3, 6] });
  });
});

describe("checkRaises catches", () => {
  it("silence, another event, and one event too many", () => {
    expect(() => checkRaises(forge(), { events: timeline().login("failure", 2), atEvent: 3 })).toThrow("at event 3, got none");
    expect(() => checkRaises(forge(), { events, atEvent: 4 })).toThrow("at event 4, got 3");
    expect(() => checkRaises(forge(), { events, atEvent: [3, 5] })).toThrow("at event 3, 5, got 3");
  });

  it("another beginning", () => {
    expect(() => checkRaises(forge(), { ...raised, sinceEvent: 2 })).toThrow("since event 2, got since 0");
  });

  it("a beginning that is no event, or lies ahead", () => {
    const detect: Forged["detect"] = ({ failures }) => (failures.value < 3 ? nothing : found({ failures: 3 }, { since: 7 }));
    expect(() => checkRaises(forge({ detect }), raised)).toThrow("is the time of no event");
    const ahead: Forged["detect"] = ({ failures }) => (failures.value < 3 ? nothing : found({ failures: 3 }, { since: 4_000 }));
    expect(() => checkRaises(forge({ detect: ahead }), raised)).toThrow("is the time of no event");
  });

  it("another subject, other facts, other words", () => {
    expect(() => checkRaises(forge(), { ...raised, subject: { account: "bob" } })).toThrow('account to be "bob", got "ann"');
    expect(() => checkRaises(forge(), { ...raised, subject: { source: "192.0.2.1" } })).toThrow("got undefined");
    expect(() => checkRaises(forge(), { ...raised, facts: { failures: 2 } })).toThrow("expected the fact failures to be 2");
    expect(() => checkRaises(forge(), { ...raised, explains: "three failures" })).toThrow('expected the explanation "three failures"');
  });

  it("words with a full stop, and facts that do not survive JSON", () => {
    expect(() => checkRaises(forge({ explain: () => "three." }), raised)).toThrow("full stop");
    const detect: Forged["detect"] = ({ failures }) => (failures.value < 3 ? nothing : found({ failures: Number.NaN }, { since: 0 }));
    expect(() => checkRaises(forge({ detect }), raised)).toThrow("not JSON-safe");
  });

  it("a detector that is raised with every event that goes on", () => {
    expect(() => checkRaises({ ...forge(), quiet: 0 }, raised)).toThrow("got 3, 4, 5");
  });

  it("a pattern found below the declared limits", () => {
    const detect: Forged["detect"] = ({ failures }) => found({ failures: failures.value }, { since: failures.times[0]! });
    expect(() => checkRaises(forge({ detect }), raised)).toThrow("below every limit");
    expect(() => checkSilent(forge({ detect }), { events: timeline().login("failure", 2) })).toThrow("below every limit");
    expect(() => checkRaises(forge({ detect, limits: [] }), { events, atEvent: 1 })).not.toThrow();
  });
});

describe("checkSilent", () => {
  it("passes silence and catches a detection", () => {
    checkSilent(forge(), { events: timeline().login("failure", 2) });
    expect(() => checkSilent(forge(), { events })).toThrow("expected silence, got a detection at event 3 (failures 3)");
  });
});

let calls = 0;
const impure: [string, Forged["detect"] & object, string][] = [
  ["a memory of its own", () => (calls++ % 2 === 0 ? nothing : found({ failures: 3 }, { since: 0 })), "is not pure: asked twice"],
  ["a look at the clock", () => (Date.now() > 0 ? nothing : found({ failures: 3 }, { since: 0 })), "reads the clock"],
  [
    "an error",
    () => {
      throw new Error("no such source");
    },
    "the detector threw",
  ],
];

describe.each(impure)("a detector with %s", (_name, detect, message) => {
  it("is caught in every stream", () => {
    expect(() => checkSilent(forge({ detect }), { events })).toThrow(message);
    expect(() => checkRaises(forge({ detect }), raised)).toThrow(message);
    expect(() => checkHostileStream(forge({ detect }))).toThrow(message);
  });
});

describe("checkHostileStream", () => {
  it("passes a detector in good order", () => checkHostileStream(forge()));

  it("catches a detector that throws on strange text", () => {
    const detect: Forged["detect"] = (_, { account }) => (encodeURIComponent(account.id) === "" ? nothing : nothing);
    checkSilent(forge({ limits: [], detect }), { events });
    expect(() => checkHostileStream(forge({ limits: [], detect }))).toThrow("the detector threw on event");
  });
});
