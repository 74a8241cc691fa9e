import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { field } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount, byTenant, grouping } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { failed } from "../../../src/core/aggregates/outcome-predicates.js";
import { predicate } from "../../../src/core/aggregates/predicate.js";
import type { Reads } from "../../../src/core/aggregates/reads.js";
import { bruteForce } from "../../../src/core/detectors/brute-force.js";
import { defineDetector, found } from "../../../src/core/detectors/detector.js";
import { definePolicy, type Mode, type PolicyDefinition } from "../../../src/core/engine/policy.js";
import { abstain, block, defineRule, flag, type Rule } from "../../../src/core/rules/rule.js";
import { createState } from "../../../src/core/state/login-state.js";
import { advance } from "../../../src/core/verbs/advance.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { track } from "../../../src/core/verbs/track.js";
import { exposing } from "../../support/exposing.js";
import { login } from "../../support/login.js";
import { saying } from "../../support/saying.js";

const reading = (id: string, reads: Reads): Rule =>
  defineRule({ id, summary: "Reads.", phase: "before", reads, evaluate: () => abstain, explain: () => "" });
const define = (choices: Partial<PolicyDefinition>) => definePolicy({ id: "mine", rules: [saying("a", flag({}))], ...choices });
const options = { where: failed, by: byAccount, within: "ever", limit: 3 } as const;

describe("a policy that cannot be", () => {
  it.each<[string, Partial<PolicyDefinition>, new () => Error, RegExp]>([
    ["has no id", { id: "" }, TypeError, /policy id/],
    ["has a number for an id", { id: 1 as unknown as string }, TypeError, /policy id/],
    ["has two rules of one id", { rules: [saying("a", flag({})), saying("a", block({}))] }, RangeError, /two rules are called `a`/],
    ["has two detectors of one id", { detectors: [bruteForce(), bruteForce()] }, RangeError, /two detectors are called `brute-force`/],
    ["sets a mode for a rule that is not there", { modes: { b: "off" } }, RangeError, /`modes` names `b`/],
    ["sets a mode that is none", { modes: { a: "on" as Mode } }, TypeError, /`a`.*enforce, shadow or off/],
    ["answers for a rule that is not there", { onMissing: { b: "FLAG" } }, RangeError, /`onMissing` names `b`/],
  ])("one that %s", (_, choices, error, message) => {
    expect(() => define(choices)).toThrow(error);
    expect(() => define(choices)).toThrow(message);
  });

  it("takes a rule called like a property of every object for what it is", () => {
    const decision = evaluateLogin(login(1), createState(), define({ rules: [saying("constructor", flag({}))] }));
    expect(decision.verdicts).toMatchObject([{ rule: "constructor", action: "FLAG" }]);
  });
});

describe("one name with two meanings is an error at definition", () => {
  const twice = {
    predicate: [predicate("mine", () => true), predicate("mine", () => true)],
    grouping: [grouping("mine", () => "*"), grouping("mine", () => "*")],
    field: [field("mine", () => "x"), field("mine", () => "x")],
  } as const;

  it.each<[string, Reads, RegExp]>([
    [
      "two predicates",
      { a: count({ ...options, where: twice.predicate[0] }), b: count({ ...options, where: twice.predicate[1] }) },
      /predicate `mine`/,
    ],
    [
      "two predicates of two groupings",
      { a: count({ ...options, where: twice.predicate[0] }), b: count({ ...options, by: byTenant, where: twice.predicate[1] }) },
      /predicate `mine`/,
    ],
    [
      "two groupings",
      { a: count({ ...options, by: twice.grouping[0] }), b: count({ ...options, by: twice.grouping[1] }) },
      /grouping `mine`/,
    ],
    [
      "two fields of one aggregate",
      { a: countDistinct({ ...options, field: twice.field[0] }), b: countDistinct({ ...options, field: twice.field[1] }) },
      /field `mine`/,
    ],
    [
      "two fields of two kinds",
      { a: countDistinct({ ...options, field: twice.field[0] }), b: frequency({ ...options, field: twice.field[1] }) },
      /field `mine`/,
    ],
    [
      "two fields of two groupings",
      { a: countDistinct({ ...options, field: twice.field[0] }), b: countDistinct({ ...options, by: byTenant, field: twice.field[1] }) },
      /field `mine`/,
    ],
    [
      "a floor's predicate",
      {
        a: count({ ...options, where: twice.predicate[0] }),
        b: count({ ...options, since: latest({ ...options, where: twice.predicate[1] }) }),
      },
      /predicate `mine`/,
    ],
  ])("%s, in one rule and in two", (_, reads, message) => {
    expect(() => define({ rules: [reading("a", reads)] })).toThrow(RangeError);
    expect(() => define({ rules: [reading("a", reads)] })).toThrow(message);
    const [one, other] = Object.entries(reads).map(([id, aggregate]) => reading(id, { reads: aggregate }));
    expect(() => define({ rules: [one!, other!] })).toThrow(message);
  });

  it("the same value twice has one meaning", () => {
    expect(() =>
      define({ rules: [reading("a", { a: count(options) }), reading("b", { b: count({ ...options, limit: 9 }) })] }),
    ).not.toThrow();
  });
});

describe("many predicates", () => {
  const counting = (many: number) =>
    Object.fromEntries(
      Array.from({ length: many }, (_, i) => [`p${i}`, count({ ...options, where: predicate(`p${i}`, ({ id }) => id === `event-${i}`) })]),
    );

  it("are told apart, as many as a policy takes", () => {
    const { policy, read } = exposing(counting(30));
    const state = Array.from({ length: 30 }, (_, i) => login(1, { id: `event-${i}` })).reduce(
      (state, event) => track(event, state, policy),
      createState(),
    );
    expect(Object.values(read(state, login(2))).map(({ value }) => value)).toEqual(Array(30).fill(1));
  });

  it("are refused when they are more, never mixed up", () => {
    expect(() => exposing(counting(40))).toThrow(RangeError);
  });
});

describe("many groupings", () => {
  const detecting = (many: number) =>
    definePolicy({
      id: "many",
      rules: [],
      detectors: Array.from({ length: many }, (_, i) => {
        const by = grouping(`g${i}`, ({ account }) => account);
        const failures = count({ where: failed, by, within: { hours: 1 }, limit: 1 });
        return { ...bruteForce({ limit: 1 }), id: `d${i}`, subject: by, reads: { failures } };
      }),
    });

  it("are told apart, as many as a policy takes: each detector is raised once, and by no event delivered again", () => {
    const policy = detecting(25);
    const first = advance(login(1), createState(), policy);
    expect(first.detections).toHaveLength(25);
    expect(advance(login(1), first.state, policy).detections).toEqual([]);
  });

  it("are refused when they are too many, or told apart all the same", () => {
    let policy: ReturnType<typeof detecting>;
    try {
      policy = detecting(40);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      return;
    }
    expect(advance(login(1), createState(), policy).detections).toHaveLength(40);
  });
});

describe("limits as data", () => {
  const counted = { failures: count(options) };
  const tallied = { places: frequency({ ...options, field: field("place", ({ source }) => source) }) };
  const rule = (reads: Reads, at: number, of = Object.keys(reads)[0]!) =>
    defineRule({
      id: "limited",
      summary: "Has a limit.",
      phase: "before",
      reads,
      limits: [{ reads: of, at, action: "BLOCK" }],
      evaluate: () => abstain,
      explain: () => "",
    });

  it.each<[string, () => Rule, new () => Error]>([
    ["on what it does not read", () => rule(counted, 1, "nothing"), TypeError],
    ["of zero", () => rule(counted, 0), RangeError],
    ["of one and a half", () => rule(counted, 1.5), RangeError],
    ["above what the reading can tell", () => rule(counted, 4), RangeError],
    ["on a frequency, which holds no matches to be counted", () => rule(tallied, 1), TypeError],
  ])("a limit %s is refused when the rule is made", (_, make, error) => {
    expect(make).toThrow(error);
  });

  it("a detector's likewise", () => {
    const make = (more: Reads) => {
      const reads: Reads = { ...more, any: count({ ...options, within: { hours: 1 } }) };
      return defineDetector({
        id: "limited",
        technique: "T1110",
        severity: "low",
        summary: "Has a limit.",
        subject: byAccount,
        on: failed,
        reads,
        limits: [{ reads: Object.keys(reads)[0]!, at: 1 }],
        detect: () => found({}, { since: 0 }),
        explain: () => "",
      });
    };
    expect(() => make(tallied)).toThrow(TypeError);
    expect(() => make(counted)).not.toThrow();
  });
});
