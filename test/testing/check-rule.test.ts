import { describe, expect, it } from "vitest";
import { count } from "../../src/core/aggregates/count.js";
import { byAccount } from "../../src/core/aggregates/grouping.js";
import { failed } from "../../src/core/aggregates/outcome-predicates.js";
import {
  abstain,
  block,
  defineRule,
  flag,
  type Missing,
  missing,
  type Rule,
  type RuleDefinition,
  type Spoken,
} from "../../src/core/rules/rule.js";
import { checkAbstains, checkHostile, checkSpeaks } from "../../src/testing/check-rule.js";
import { login, timeline } from "../../src/testing/public.js";

const failures = count({ where: failed, by: byAccount, within: { hours: 1 }, limit: 3 });

type Said = Spoken<{ readonly failures: number }> | Missing | undefined;
type Forged = Partial<RuleDefinition<{ failures: typeof failures }, Said>>;

/** A rule in good order, but for what is forged. */
function forge(forged: Forged = {}): Rule {
  return defineRule<{ failures: typeof failures }, Said>({
    id: "forged",
    summary: "Three failures block.",
    phase: "before",
    reads: { failures },
    limits: [{ reads: "failures", at: 3, action: "BLOCK" }],
    evaluate: (readings) =>
      readings.failures.value >= 3 ? block({ failures: readings.failures.value }, readings.failures.times[0]! + 3_600_000) : abstain,
    explain: (facts) => `${facts.failures} failures`,
    ...forged,
  });
}

const history = timeline().login("failure", 3);
const event = login("pending", { at: 10_000 });
const spoken = { history, event, says: "BLOCK" } as const;

describe("checkSpeaks passes", () => {
  it("a rule in good order", () => {
    checkSpeaks(forge(), { ...spoken, facts: { failures: 3 }, until: 3_600_000, explains: "3 failures" });
  });
});

describe("checkSpeaks catches", () => {
  it("silence", () => {
    expect(() => checkSpeaks(forge(), { event, says: "BLOCK" })).toThrow("expected BLOCK, got silence");
  });

  it("another word", () => {
    expect(() => checkSpeaks(forge(), { ...spoken, says: "FLAG" })).toThrow("expected FLAG, got BLOCK (failures 3)");
  });

  it("other facts, and facts that are not there", () => {
    expect(() => checkSpeaks(forge(), { ...spoken, facts: { failures: 4 } })).toThrow("expected the fact failures to be 4, got failures 3");
    expect(() => checkSpeaks(forge(), { ...spoken, facts: { limit: 3 } })).toThrow("expected the fact limit to be 3");
  });

  it("another lift, and one that should not be there", () => {
    expect(() => checkSpeaks(forge(), { ...spoken, until: 1 })).toThrow("expected the verdict to lift at 1, got 3600000");
    expect(() => checkSpeaks(forge(), { ...spoken, until: null })).toThrow("lift at null");
  });

  it("other words", () => {
    expect(() => checkSpeaks(forge(), { ...spoken, explains: "3 guesses" })).toThrow('expected the explanation "3 guesses"');
  });

  it("a lift in the past", () => {
    const rule = forge({ evaluate: () => block({ failures: 3 }, 10_000) });
    expect(() => checkSpeaks(rule, spoken)).toThrow("not after the event");
  });

  it.each([
    ["a full stop", "3 failures.", "full stop"],
    ["two lines", "3\nfailures", "more than one line"],
    ["no words", " ", "no words"],
    ["a fact that is not there", `${undefined} failures`, "not there"],
  ])("%s", (_name, words, message) => {
    expect(() => checkSpeaks(forge({ explain: () => words }), spoken)).toThrow(message);
  });

  it("facts that do not survive JSON", () => {
    const rule = forge({ evaluate: ({ failures }) => (failures.value >= 3 ? block({ failures: Number.POSITIVE_INFINITY }) : abstain) });
    expect(() => checkSpeaks(rule, spoken)).toThrow("not JSON-safe");
  });

  it("an action that no limit declares", () => {
    const rule = forge({ evaluate: ({ failures }) => (failures.value >= 3 ? flag({ failures: failures.value }) : abstain) });
    expect(() => checkSpeaks(rule, { ...spoken, says: "FLAG" })).toThrow("says FLAG, which none of its limits declares");
  });

  it("a word below the declared limit", () => {
    const rule = forge({ evaluate: ({ failures }) => (failures.value >= 2 ? block({ failures: failures.value }) : abstain) });
    const two = { ...spoken, history: timeline().login("failure", 2) };
    expect(() => checkSpeaks(rule, two)).toThrow("below every limit that it declares for it: failures is 2 of 3");
    expect(() => checkSpeaks({ ...rule, gated: () => true }, two)).toThrow("is gated, yet says BLOCK");
  });
});

describe("checkAbstains passes", () => {
  it("a rule in good order", () => {
    checkAbstains(forge(), { event });
    checkAbstains(forge({ evaluate: () => missing("source.country") }), { event, missing: "source.country" });
  });
});

describe("checkAbstains catches", () => {
  it("a word", () => {
    expect(() => checkAbstains(forge(), { history, event })).toThrow("expected silence, got BLOCK (failures 3)");
  });

  it("silence for want of a field, where none was to be missing", () => {
    const rule = forge({ evaluate: () => missing("source.country") });
    expect(() => checkAbstains(rule, { event })).toThrow("expected nothing to be missing, got source.country to be missing");
    expect(() => checkAbstains(rule, { event, missing: "source.ip" })).toThrow("expected source.ip to be missing");
    expect(() => checkAbstains(forge(), { event, missing: "source.ip" })).toThrow("got nothing to be missing");
  });

  it("a gated rule that would speak below its limits", () => {
    const rule = forge({ gated: () => true, evaluate: () => block({ failures: 0 }) });
    expect(() => checkAbstains(rule, { event })).toThrow("is gated, yet says BLOCK (failures 0)");
  });
});

let calls = 0;
const impure: [string, Forged["evaluate"] & object, string][] = [
  ["a rule with a memory of its own", () => (calls++ % 2 === 0 ? abstain : block({ failures: 3 })), "is not pure: asked twice"],
  ["a rule that reads the clock", () => (Date.now() > 0 ? abstain : block({ failures: 3 })), "reads the clock"],
  ["a rule that draws lots", () => (Math.random() < 2 ? abstain : block({ failures: 3 })), "draws lots"],
  [
    "a rule that changes the event",
    (_, event) => {
      (event.account as { id: string }).id = "x";
      return abstain;
    },
    "read only",
  ],
  [
    "a rule that changes its readings",
    ({ failures }) => {
      (failures.times as number[]).push(1);
      return abstain;
    },
    "not extensible",
  ],
  [
    "a rule that throws",
    () => {
      throw new Error("no such country");
    },
    "no such country",
  ],
];

describe.each(impure)("%s", (_name, evaluate, message) => {
  it("is caught in every case", () => {
    expect(() => checkAbstains(forge({ evaluate }), { event })).toThrow(message);
    expect(() => checkSpeaks(forge({ evaluate }), spoken)).toThrow(message);
  });
});

describe("checkHostile catches", () => {
  it("a rule that throws on strange text", () => {
    const rule = forge({ evaluate: (_, { account }) => (encodeURIComponent(account.id) === "" ? abstain : abstain) });
    expect(() => checkAbstains(rule, { event })).not.toThrow();
    expect(() => checkHostile(rule)).toThrow("the rule threw on event");
  });

  it("a rule that words strange text badly", () => {
    const rule = forge({ evaluate: () => block({ failures: 3 }), explain: () => "one\u2028two" });
    expect(() => checkHostile(rule)).toThrow("more than one line");
  });

  it("nothing in a rule in good order", () => checkHostile(forge()));
});
