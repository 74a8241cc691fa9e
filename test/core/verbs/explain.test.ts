import { describe, expect, it } from "vitest";
import { definePolicy } from "../../../src/core/engine/policy.js";
import type { Decision, Verdict } from "../../../src/core/model/decision.js";
import type { Detection } from "../../../src/core/model/detection.js";
import { abstain, block, defineRule, flag, missing } from "../../../src/core/rules/rule.js";
import { createState } from "../../../src/core/state/login-state.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { explain, explainDetection, wordFacts } from "../../../src/core/verbs/explain.js";
import { track } from "../../../src/core/verbs/track.js";
import { login } from "../../support/login.js";
import { saying } from "../../support/saying.js";

const worded = (id: string, explainFacts: (facts: { readonly why: string }) => string) =>
  defineRule({ id, summary: "Worded.", phase: "before", reads: {}, evaluate: () => flag({ why: "x\ny" }), explain: explainFacts });

const decide = (rules: Parameters<typeof definePolicy>[0]["rules"], choices: Partial<Parameters<typeof definePolicy>[0]> = {}) => {
  const policy = definePolicy({ id: "worded", rules, ...choices });
  return explain(evaluateLogin(login(1), createState(), policy), policy);
};

describe("a decision in an operator's words", () => {
  it("is silent when nobody spoke", () => {
    expect(decide([saying("a", abstain)])).toEqual([]);
  });

  it("has a line for each verdict, those that determined it first, then what was overruled, in shadow, and not judged", () => {
    const rules = [
      saying("a", flag({})),
      saying("b", block({})),
      saying("c", block({}), { overrulable: true }),
      saying("d", block({})),
      saying("e", missing("source.country")),
    ];
    const lines = decide(rules, { modes: { d: "shadow" }, allow: [{ name: "office", accounts: ["ann"] }] });
    expect(lines).toEqual([
      "BLOCK b: told",
      "FLAG a: told",
      "allowed by office: BLOCK c: told",
      "in shadow: BLOCK d: told",
      "e could not judge: source.country is not known; it abstained",
    ]);
  });

  it.each<[string, Parameters<typeof decide>, string[]]>([
    ["in the words of the rule that found the facts, on one line", [[worded("a", ({ why }) => `because ${why}`)]], ["FLAG a: because x y"]],
    [
      "with the bare facts where the rule cannot word them",
      [
        [
          worded("a", () => {
            throw new Error("x");
          }),
        ],
      ],
      ['FLAG a: {"why":"x\\ny"}'],
    ],
    [
      "a missing field that speaks",
      [[saying("a", missing("source.country"), { onMissing: "BLOCK" })]],
      ["BLOCK a: source.country is not known", "a could not judge: source.country is not known; BLOCK in its place"],
    ],
    [
      "a rule that failed",
      [
        [
          saying("a", () => {
            throw new Error("x");
          }),
        ],
      ],
      ["CHALLENGE a: the rule failed", "a failed: x; CHALLENGE in its place"],
    ],
  ])("%s", (_, given, expected) => {
    expect(decide(...given)).toEqual(expected);
  });

  it("tells of a time that is not believed yet, and of an alias that failed", () => {
    const policy = definePolicy({
      id: "worded",
      rules: [],
      alias: () => {
        throw new Error("no\ndirectory");
      },
    });
    const seen = track(login(1), createState());
    expect(explain(evaluateLogin(login(1e9), seen, policy), policy)).toEqual([
      "dated more than an hour after anything seen before: its time is not believed yet",
      "the account alias failed: no directory; the account counts as written",
    ]);
  });

  it("tells of a full memory", () => {
    const degraded: Decision["degraded"] = [{ kind: "memory-full", did: "CHALLENGE" }];
    const decision: Decision = { action: "ALLOW", verdicts: [], overruled: [], shadow: [], degraded, policy: { id: "x", version: "1" } };
    expect(explain(decision)).toEqual(["the memory is full: this login cannot be remembered; CHALLENGE in its place"]);
  });

  it("shows the facts of a rule that the policy does not know", () => {
    const verdict: Verdict = { rule: "gone", action: "FLAG", facts: { failures: 3 } };
    expect(wordFacts(verdict, definePolicy({ id: "worded", rules: [] }))).toBe('{"failures":3}');
  });

  it("keeps a rule's own fact on one line, whatever it is called", () => {
    for (const name of ["missing", "failed", "full", "why"]) {
      const rule = saying("a", flag({ [name]: "x\ny\u001b" }));
      for (const line of decide([rule])) expect(line).not.toMatch(/\p{Cc}/u);
    }
  });
});

describe("a detection in its detector's words", () => {
  const detection: Detection = {
    detector: "brute-force",
    technique: "T1110.001",
    severity: "high",
    subject: { by: "account" },
    eventId: "1",
    at: 0,
    since: 0,
    facts: { failures: 10, limit: 10 },
  };

  it.each<[string, Detection, string]>([
    ["one that the policy knows", detection, "10 failed logins on one account from one source; the limit is 10"],
    ["one that it does not know", { ...detection, detector: "gone" }, '{"failures":10,"limit":10}'],
    ["one of a detector that failed", { ...detection, facts: { failed: "broken" } }, "the detector failed: broken"],
    ["one whose failure came with line breaks", { ...detection, facts: { failed: "broken\nline" } }, "the detector failed: broken line"],
  ])("%s", (_, given, expected) => {
    expect(explainDetection(given)).toBe(expected);
  });
});
