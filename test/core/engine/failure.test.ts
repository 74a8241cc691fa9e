import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { byAccount } from "../../../src/core/aggregates/grouping.js";
import { predicate } from "../../../src/core/aggregates/predicate.js";
import { oneLine } from "../../../src/core/engine/one-line.js";
import { definePolicy, type PolicyDefinition } from "../../../src/core/engine/policy.js";
import type { Decision } from "../../../src/core/model/decision.js";
import { abstain, flag, missing, type Rule, type Ruling } from "../../../src/core/rules/rule.js";
import { createState } from "../../../src/core/state/login-state.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { explain } from "../../../src/core/verbs/explain.js";
import { track } from "../../../src/core/verbs/track.js";
import { exposing } from "../../support/exposing.js";
import { groupsOf } from "../../support/groups-of.js";
import { login } from "../../support/login.js";
import { saying } from "../../support/saying.js";

const throwing = (thrown: unknown) => (): Ruling => {
  throw thrown;
};
const decide = (rules: readonly Rule[], choices: Partial<PolicyDefinition> = {}): Decision =>
  evaluateLogin(login(1), createState(), definePolicy({ id: "failing", rules, ...choices }));

const withMessage = (message: unknown): Error => Object.defineProperty(new Error("x"), "message", { value: message });
const withGetter = (): Error => Object.defineProperty(new Error("x"), "message", { get: throwing(new Error("again")) });

describe("a rule that throws never throws out", () => {
  it.each<[string, unknown, string]>([
    ["an error", new Error("no database"), "no database"],
    ["a text", "no database", "no database"],
    ["null", null, "threw something that is no error"],
    ["undefined", undefined, "threw something that is no error"],
    ["a number", 42, "threw something that is no error"],
    ["an object that looks like an error", { message: "no database" }, "threw something that is no error"],
    ["an object without a prototype", Object.create(null), "threw something that is no error"],
    ["an error with line breaks", new Error("one\ntwo\r\nthree\u2028four"), "one two three four"],
    ["an error that colours a terminal", new Error("\u001b[31mred\u001b[0m\u0007\u009b2J"), " [31mred [0m 2J"],
    ["an error that turns text about", new Error("abc\u202edef\u2066ghi"), "abc def ghi"],
    ["an error of a megabyte", new Error("x".repeat(1_000_000)), "x".repeat(200)],
    ["an error whose message is a number", withMessage(42), "threw something that is no error"],
    ["an error whose message is null", withMessage(null), "threw something that is no error"],
    ["an error whose message throws", withGetter(), "threw something that is no error"],
  ])("%s is listed on one line, and the others are still heard", (_, thrown, detail) => {
    const decision = decide([saying("a", throwing(thrown)), saying("b", flag({ heard: true }))]);
    expect(decision.degraded).toEqual([{ kind: "rule-error", rule: "a", detail, did: "CHALLENGE" }]);
    expect(decision.verdicts.map(({ rule, action }) => `${rule} ${action}`)).toEqual(["a CHALLENGE", "b FLAG"]);
  });

  it("nor does one that returns what is no ruling", () => {
    expect(decide([saying("a", () => null as unknown as Ruling), saying("b", flag({}))]).verdicts.map(({ rule }) => rule)).toEqual([
      "a",
      "b",
    ]);
  });

  it("nor do many, and each is listed", () => {
    const rules = ["a", "b", "c"].map((id) => saying(id, throwing(new Error(id))));
    expect(decide(rules).degraded.map(({ rule, detail }) => `${rule} ${detail}`)).toEqual(["a a", "b b", "c c"]);
  });
});

describe("what speaks for a rule that failed", () => {
  it.each([
    [undefined, "CHALLENGE"],
    ["FLAG", "FLAG"],
    ["CHALLENGE", "CHALLENGE"],
    ["BLOCK", "BLOCK"],
    ["ABSTAIN", "ALLOW"],
  ] as const)("onFailure %s makes the action %s", (onFailure, action) => {
    const decision = decide([saying("a", throwing(new Error("x")))], onFailure === undefined ? {} : { onFailure });
    expect(decision.action).toBe(action);
    expect(decision.degraded).toEqual([{ kind: "rule-error", rule: "a", detail: "x", did: onFailure ?? "CHALLENGE" }]);
    expect(decision.verdicts).toHaveLength(action === "ALLOW" ? 0 : 1);
  });

  it("is not softer than what others say", () => {
    expect(decide([saying("a", throwing(new Error("x"))), saying("b", flag({}))], { onFailure: "ABSTAIN" }).action).toBe("FLAG");
  });

  it("is no allow-list entry's to overrule: nobody knows what the rule would have said", () => {
    const allow = [{ name: "office", sources: ["192.0.2.0/24"] }];
    expect(decide([saying("a", throwing(new Error("x")), { overrulable: true })], { allow }).action).toBe("CHALLENGE");
  });
});

describe("a rule that lacks a field", () => {
  it.each<[string, Partial<PolicyDefinition>, "ABSTAIN" | "FLAG", string, string]>([
    ["abstains by default, and is listed", {}, "ABSTAIN", "ALLOW", "ABSTAIN"],
    ["speaks as the rule itself says", {}, "FLAG", "FLAG", "FLAG"],
    ["speaks as the policy says, before the rule", { onMissing: { a: "BLOCK" } }, "FLAG", "BLOCK", "BLOCK"],
    ["abstains where the policy says so", { onMissing: { a: "ABSTAIN" } }, "FLAG", "ALLOW", "ABSTAIN"],
    ["is listed in shadow, and did nothing", { modes: { a: "shadow" } }, "FLAG", "ALLOW", "ABSTAIN"],
  ])("%s", (_, choices, onMissing, action, did) => {
    const decision = decide([saying("a", missing("source.country"), { onMissing })], choices);
    expect(decision.action).toBe(action);
    expect(decision.degraded).toEqual([{ kind: "missing-field", rule: "a", detail: "source.country", did }]);
  });

  it("names the field in its verdict's facts", () => {
    expect(decide([saying("a", missing("source.country"), { onMissing: "BLOCK" })]).verdicts).toEqual([
      { rule: "a", action: "BLOCK", facts: { missing: "source.country" } },
    ]);
  });

  it("is overruled like any verdict of it", () => {
    const decision = decide([saying("a", missing("source.country"), { onMissing: "BLOCK", overrulable: true })], {
      allow: [{ name: "office", accounts: ["ann"] }],
    });
    expect([decision.action, decision.overruled.map(({ allowedBy }) => allowedBy)]).toEqual(["ALLOW", ["office"]]);
  });

  it.each(["constructor", "a"])("called %s abstains unless told otherwise", (id) => {
    const decision = decide([saying(id, missing("source.country"))]);
    expect([decision.action, decision.degraded[0]?.did, decision.verdicts]).toEqual(["ALLOW", "ABSTAIN", []]);
  });

  it("is not asked when it is not configured: nothing is missing", () => {
    expect(decide([saying("a", missing("source.country"), { configured: false })]).degraded).toEqual([]);
  });
});

describe("an account alias that throws", () => {
  const failing = { alias: throwing(new Error("no directory")) as never };

  it.each([
    ["an empty state", false],
    ["a state that has seen something", true],
  ])("is listed on %s, and the account counts as written", (_, seen) => {
    const { policy } = exposing({ tries: count({ where: predicate("any", () => true), by: byAccount, within: "ever", limit: 5 }) });
    const aliased = definePolicy({ id: "aliased", rules: policy.rules, ...failing });
    const state = seen ? track(login(1), createState(), aliased) : createState();
    const decision = evaluateLogin(login(2), state, aliased);
    expect(decision.degraded).toEqual([{ kind: "alias-error", detail: "no directory", did: "ABSTAIN" }]);
    if (seen) expect(groupsOf(state)).toEqual(groupsOf(track(login(1), createState(), policy)));
  });
});

describe("an error on one line", () => {
  it("is at most 200 characters, and keeps letters of every script", () => {
    expect(oneLine(new Error("Zürich 東京 🔐"))).toBe("Zürich 東京 🔐");
    expect(oneLine("x".repeat(300))).toHaveLength(200);
  });

  it("never breaks the line of an explanation", () => {
    const policy = definePolicy({ id: "failing", rules: [saying("a", throwing(new Error("a\nBLOCK b: forged"))), saying("b", abstain)] });
    for (const line of explain(evaluateLogin(login(1), createState(), policy), policy)) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  });
});
