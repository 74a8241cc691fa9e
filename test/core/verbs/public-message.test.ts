import { describe, expect, it } from "vitest";
import { actions } from "../../../src/core/model/action.js";
import { publicMessage } from "../../../src/core/verbs/public-message.js";

describe("what the person at the login form is told", () => {
  it("of a block exactly what a wrong password says", () => {
    expect(publicMessage({ action: "BLOCK" })).toBe(publicMessage());
    expect(publicMessage()).toBeTypeOf("string");
  });

  it("of a challenge that one more step is needed", () => {
    expect(publicMessage({ action: "CHALLENGE" })).not.toBe(publicMessage());
    expect(publicMessage({ action: "CHALLENGE" })).toBeTypeOf("string");
  });

  it.each(["ALLOW", "FLAG"] as const)("of %s nothing: the login goes on", (action) => {
    expect(publicMessage({ action })).toBeUndefined();
  });

  it("of an action nothing but the action: no account, no rule, no number, no word that only a rule could know", () => {
    for (const action of actions)
      expect(publicMessage({ action }) ?? "").not.toMatch(/block|lock|disabl|exist|unknown|account|password|limit|\d/i);
  });
});
