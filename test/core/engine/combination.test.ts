import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { definePolicy, type Mode, type PolicyDefinition } from "../../../src/core/engine/policy.js";
import { type Action, strictness } from "../../../src/core/model/action.js";
import type { Decision } from "../../../src/core/model/decision.js";
import { block, challenge, flag, type Rule } from "../../../src/core/rules/rule.js";
import { createState } from "../../../src/core/state/login-state.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { login } from "../../support/login.js";
import { saying, type Told, toldRules } from "../../support/saying.js";

type Choices = Omit<PolicyDefinition, "id" | "rules">;

const decide = (rules: readonly Rule[], choices: Choices = {}, event = login(500)): Decision =>
  evaluateLogin(event, createState(), definePolicy({ id: "told", rules, ...choices }));
const rulesOf = (told: readonly Told[]): Rule[] => told.map(({ rule }) => rule);
const strictest = (actions: readonly Action[]): Action =>
  actions.reduce((a, b) => (strictness(b) > strictness(a) ? b : a), "ALLOW" as Action);

const events = fc.constantFrom(
  login(500),
  login(500, { outcome: "pending" }),
  login(500, { outcome: "success" }),
  login(500, { kind: "registration" }),
);
const choices: fc.Arbitrary<Choices> = fc.record(
  {
    onFailure: fc.constantFrom("FLAG", "CHALLENGE", "BLOCK", "ABSTAIN"),
    withoutChallenge: fc.constantFrom("FLAG", "BLOCK"),
    allow: fc.constantFrom([], [{ name: "office", sources: ["192.0.2.0/24"] }]),
  },
  { requiredKeys: [] },
);

describe("what a decision is made of", () => {
  it.each<[string, Rule[], Action]>([
    ["nobody is asked, allow", [], "ALLOW"],
    ["nobody speaks, allow", [saying("a", undefined)], "ALLOW"],
    ["a flag outranks silence", [saying("a", undefined), saying("b", flag({}))], "FLAG"],
    ["a challenge outranks a flag", [saying("a", flag({})), saying("b", challenge({}))], "CHALLENGE"],
    ["a block outranks a challenge", [saying("a", challenge({})), saying("b", block({}))], "BLOCK"],
    ["one block outranks any number of flags", [..."abcdefg"].map((id) => saying(id, id === "d" ? block({}) : flag({}))), "BLOCK"],
  ])("%s", (_, rules, action) => {
    expect(decide(rules).action).toBe(action);
  });

  it("names its policy and version, and says nothing else when nobody speaks", () => {
    const policy = definePolicy({ id: "mine", version: "7", rules: [saying("a", undefined)] });
    const silence = { action: "ALLOW", verdicts: [], overruled: [], shadow: [], degraded: [], policy: { id: "mine", version: "7" } };
    expect(evaluateLogin(login(1), createState(), policy)).toEqual(silence);
    expect(definePolicy({ id: "mine", rules: [] }).version).toBe("1");
  });

  it("keeps every verdict that counted, those that determined the action first, then by strictness and by id", () => {
    const rules = [
      saying("d", flag({})),
      saying("c", block({})),
      saying("b", challenge({})),
      saying("a", flag({})),
      saying("e", block({})),
    ];
    expect(decide(rules).verdicts.map(({ rule, action }) => `${rule} ${action}`)).toEqual([
      "c BLOCK",
      "e BLOCK",
      "b CHALLENGE",
      "a FLAG",
      "d FLAG",
    ]);
  });

  it("the action is that of the strictest verdict, whatever the rules say", () => {
    fc.assert(
      fc.property(toldRules(), choices, events, (told, choices, event) => {
        const { action, verdicts } = decide(rulesOf(told), choices, event);
        const counted = verdicts.map((verdict) =>
          verdict.action === "CHALLENGE" ? (choices.withoutChallenge ?? "CHALLENGE") : verdict.action,
        );
        expect(action).toBe(strictest(counted));
        expect(counted).toEqual(counted.toSorted((a, b) => strictness(b) - strictness(a)));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the laws of combination", () => {
  it("order does not matter: a permuted policy decides the same, to the last detail", () => {
    const permuted = toldRules().chain((told) => fc.tuple(fc.constant(told), fc.shuffledSubarray([...told], { minLength: told.length })));
    fc.assert(
      fc.property(permuted, choices, events, ([told, shuffled], choices, event) => {
        expect(decide(rulesOf(shuffled), choices, event)).toEqual(decide(rulesOf(told), choices, event));
      }),
      { numRuns: 300 },
    );
  });

  it("adding a rule never softens", () => {
    fc.assert(
      fc.property(toldRules(), fc.nat(), choices, events, (told, which, choices, event) => {
        fc.pre(told.length > 0);
        const fewer = told.toSpliced(which % told.length, 1);
        expect(strictness(decide(rulesOf(told), choices, event).action)).toBeGreaterThanOrEqual(
          strictness(decide(rulesOf(fewer), choices, event).action),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("shadow never changes the action, but what would have been said is listed", () => {
    fc.assert(
      fc.property(toldRules(), fc.nat(), choices, events, (told, which, choices, event) => {
        fc.pre(told.length > 0);
        const { rule } = told[which % told.length]!;
        const others = told.filter((other) => other.rule !== rule);
        const shadowed = decide(rulesOf(told), { ...choices, modes: { [rule.id]: "shadow" } }, event);
        const { shadow: _, degraded: _1, ...without } = decide(rulesOf(others), choices, event);
        const { shadow, degraded, ...rest } = shadowed;
        expect(rest).toEqual(without);
        const { verdicts: alone } = decide([rule], { ...choices, onFailure: "ABSTAIN", allow: [] }, event);
        expect(shadow).toEqual(alone);
        for (const entry of degraded) if (entry.rule === rule.id) expect(entry.did).toBe("ABSTAIN");
      }),
      { numRuns: 300 },
    );
  });

  it("off is absent: the decision is that of the policy without the rule", () => {
    fc.assert(
      fc.property(toldRules(), fc.nat(), choices, events, (told, which, choices, event) => {
        fc.pre(told.length > 0);
        const { rule } = told[which % told.length]!;
        const others = told.filter((other) => other.rule !== rule);
        expect(decide(rulesOf(told), { ...choices, modes: { [rule.id]: "off" } }, event)).toEqual(decide(rulesOf(others), choices, event));
      }),
      { numRuns: 200 },
    );
  });

  it("enforce is what a rule does unless told otherwise", () => {
    fc.assert(
      fc.property(toldRules(), choices, events, (told, choices, event) => {
        const modes = Object.fromEntries(told.map(({ rule }): [string, Mode] => [rule.id, "enforce"]));
        expect(decide(rulesOf(told), { ...choices, modes }, event)).toEqual(decide(rulesOf(told), choices, event));
      }),
      { numRuns: 50 },
    );
  });
});

describe("when a decision lifts", () => {
  it.each<[string, Rule[], number | undefined]>([
    ["with the one verdict that determined it", [saying("a", block({}, 1000))], 1000],
    [
      "with the last of those that determined it",
      [saying("a", block({}, 1000)), saying("b", block({}, 2000)), saying("c", block({}, 1500))],
      2000,
    ],
    ["never by itself when one of them stays", [saying("a", block({}, 1000)), saying("b", block({}))], undefined],
    ["whatever lesser verdicts do", [saying("a", block({}, 1000)), saying("b", challenge({}, 9000)), saying("c", flag({}))], 1000],
    ["a flag lifts as well", [saying("a", flag({}, 1000))], 1000],
    ["silence has nothing to lift", [saying("a", undefined)], undefined],
    [
      "not when a rule failed in place of its word",
      [
        saying("a", block({}, 1000)),
        saying("b", () => {
          throw new Error("x");
        }),
      ],
      undefined,
    ],
  ])("%s", (_, rules, retryAt) => {
    const decision = decide(rules, { onFailure: "BLOCK" });
    expect(decision.retryAt).toBe(retryAt);
    expect("retryAt" in decision).toBe(retryAt !== undefined);
  });
});

describe("an application that cannot challenge", () => {
  const rules = [
    saying("a", ({ at }) => (at < 1000 ? challenge({}, 1000) : undefined)),
    saying("b", ({ at }) => (at < 2000 ? flag({}, 2000) : undefined)),
  ];

  it.each<["FLAG" | "BLOCK" | undefined, Action, number, string[]]>([
    [undefined, "CHALLENGE", 1000, ["a CHALLENGE", "b FLAG"]],
    ["FLAG", "FLAG", 2000, ["a CHALLENGE", "b FLAG"]],
    ["BLOCK", "BLOCK", 1000, ["a CHALLENGE", "b FLAG"]],
  ])("folds a challenge into %s: the action is %s, and the verdict keeps its word", (withoutChallenge, action, retryAt, verdicts) => {
    const decision = decide(rules, withoutChallenge === undefined ? {} : { withoutChallenge });
    expect([decision.action, decision.retryAt]).toEqual([action, retryAt]);
    expect(decision.verdicts.map(({ rule, action }) => `${rule} ${action}`)).toEqual(verdicts);
    expect("require" in decision).toBe(action === "CHALLENGE");
  });

  it("orders by what counts: a challenge that counts as a flag stands after a block", () => {
    const decision = decide([saying("a", challenge({})), saying("b", block({}))], { withoutChallenge: "FLAG" });
    expect(decision.verdicts.map(({ rule }) => rule)).toEqual(["b", "a"]);
  });
});

describe("what a challenge requires", () => {
  it.each<[string, Rule[], string[] | undefined]>([
    ["before the check a captcha", [saying("a", challenge({}))], ["captcha"]],
    ["after it a further factor", [saying("a", challenge({}), { phase: "after" })], ["mfa"]],
    ["what the rule asks for, if it does", [saying("a", challenge({}, undefined, "mfa"))], ["mfa"]],
    [
      "everything that those who determined it ask for, once",
      [saying("a", challenge({}, undefined, "mfa")), saying("b", challenge({})), saying("c", challenge({}))],
      ["captcha", "mfa"],
    ],
    ["nothing when it is a block", [saying("a", challenge({})), saying("b", block({}))], undefined],
  ])("%s", (_, rules, expected) => {
    expect(decide(rules).require).toEqual(expected);
  });
});

describe("who is asked", () => {
  const rules = [
    saying("early", flag({})),
    saying("late", flag({}), { phase: "after" }),
    saying("sign-up", flag({}), { kinds: ["registration"] }),
    saying("unset", flag({}), { configured: false }),
  ];

  it.each([
    ["a login before the credential check: rules of that phase alone", { outcome: "pending" }, ["early"]],
    ["a login that failed: both phases", { outcome: "failure" }, ["early", "late"]],
    ["a login that got in: both phases", { outcome: "success" }, ["early", "late"]],
    ["a login that was blocked: both phases", { outcome: "blocked" }, ["early", "late"]],
    ["a registration: those that judge such", { kind: "registration" }, ["sign-up"]],
    ["an unlock: nobody", { kind: "unlock" }, []],
  ] as const)("%s", (_, change, expected) => {
    expect(decide(rules, {}, login(500, change)).verdicts.map(({ rule }) => rule)).toEqual(expected);
  });
});
