import { describe, expect, it } from "vitest";
import { definePolicy } from "../../../src/core/engine/policy.js";
import { isSatisfied, type Requirement } from "../../../src/core/model/requirement.js";
import { challenge, flag, type Rule } from "../../../src/core/rules/rule.js";
import { createState } from "../../../src/core/state/login-state.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { explain } from "../../../src/core/verbs/explain.js";
import { login } from "../../support/login.js";
import { saying } from "../../support/saying.js";

describe("a challenge is satisfied", () => {
  it.each<[string, Requirement, Parameters<typeof login>[1], boolean]>([
    ["by the proof that it asks for", "captcha", { outcome: "pending", proofs: ["captcha"] }, true],
    ["not by another proof", "mfa", { outcome: "pending", proofs: ["captcha"] }, false],
    ["by a login of two factors", "mfa", { outcome: "success", factors: ["pwd", "otp"] }, true],
    ["by a login of two factors, whatever it asks for", "captcha", { outcome: "success", factors: ["pwd", "otp"] }, true],
    ["not by one factor", "mfa", { outcome: "success", factors: ["pwd"] }, false],
    ["not by two factors that failed", "mfa", { outcome: "failure", factors: ["pwd", "otp"] }, false],
    ["not by factors that are yet to be checked", "mfa", { outcome: "pending", factors: ["pwd", "otp"] }, false],
    ["not by nothing", "captcha", { outcome: "success" }, false],
  ])("%s", (_, required, traits, satisfied) => expect(isSatisfied(required, login(0, traits))).toBe(satisfied));
});

describe("a satisfied challenge", () => {
  const decide = (rules: readonly Rule[], traits: Parameters<typeof login>[1]) =>
    evaluateLogin(login(0, traits), createState(), definePolicy({ id: "told", rules }));
  const proven = { outcome: "success", factors: ["pwd", "otp"] } as const;

  it("counts no more, and stays told", () => {
    const decision = decide([saying("a", challenge({}))], proven);
    expect(decision.action).toBe("ALLOW");
    expect(decision.verdicts).toMatchObject([{ rule: "a", action: "CHALLENGE", satisfied: true }]);
    expect(explain(decision)[0]).toContain("CHALLENGE (satisfied) a");
  });

  it("leaves the other verdicts what they are, and stands behind them", () => {
    const decision = decide([saying("a", challenge({})), saying("b", flag({}))], proven);
    expect(decision.action).toBe("FLAG");
    expect(decision.verdicts.map(({ rule }) => rule)).toEqual(["b", "a"]);
  });

  it("asks for the other proofs that are still wanted", () => {
    const rules = [saying("a", challenge({}, undefined, "captcha")), saying("b", challenge({}, undefined, "mfa"))];
    const decision = decide(rules, { outcome: "success", factors: ["pwd"], proofs: ["captcha"] });
    expect(decision).toMatchObject({ action: "CHALLENGE", require: ["mfa"] });
  });
});
