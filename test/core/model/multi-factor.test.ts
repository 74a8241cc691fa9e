import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMultiFactor } from "../../../src/core/model/multi-factor.js";

describe("whether authentication methods prove more than one factor", () => {
  it.each<[string, string[], boolean]>([
    ["nothing proves nothing", [], false],
    ["a password is one", ["pwd"], false],
    ["a password and a one-time code are two", ["pwd", "otp"], true],
    ["in either order", ["otp", "pwd"], true],
    ["a password and a hardware key are two", ["pwd", "hwk"], true],
    ["a key and a fingerprint are two", ["hwk", "fpt"], true],
    ["a PIN and a face are two", ["pin", "face"], true],
    ["a password and a text message are two, however weak", ["pwd", "sms"], true],
    ["a password and a PIN are both known: one", ["pwd", "pin"], false],
    ["two passwords are one", ["pwd", "pwd"], false],
    ["a password and a security question are one", ["pwd", "kba"], false],
    ["a code and a key are both had: one", ["otp", "hwk"], false],
    ["a face and an iris are both one's own: one", ["face", "iris"], false],
    ["mfa says so itself", ["mfa"], true],
    ["so it does among others", ["pwd", "mfa"], true],
    ["a place is no factor", ["pwd", "geo"], false],
    ["a risk assessment is no factor", ["pwd", "rba"], false],
    ["several channels of one factor are not several factors", ["pwd", "mca"], false],
    ["what nobody knows is no factor", ["pwd", "magic", ""], false],
    ["a property of every object is no factor", ["pwd", "constructor", "__proto__"], false],
    ["capitals are no amr value", ["PWD", "OTP", "MFA"], false],
  ])("%s", (_, factors, expected) => {
    expect(isMultiFactor(factors)).toBe(expected);
  });

  it("neither order nor repetition matters", () => {
    const values = fc.array(fc.constantFrom("pwd", "pin", "kba", "otp", "hwk", "sc", "fpt", "face", "geo", "user"), { maxLength: 5 });
    const other = values.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length })));
    fc.assert(
      fc.property(other, ([list, shuffled]) => {
        fc.pre(new Set(list).size === new Set(shuffled).size);
        expect(isMultiFactor(shuffled)).toBe(isMultiFactor(list));
      }),
    );
  });
});
