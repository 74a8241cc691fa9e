import { describe, expect, it } from "vitest";
import * as predicates from "../../../src/core/aggregates/outcome-predicates.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { login } from "../../support/login.js";

type Change = Partial<Pick<LoginEvent, "kind" | "outcome" | "failure">>;

describe("what an event counts as", () => {
  it.each<[string, Change, string]>([
    ["a login on its way", { outcome: "pending" }, "attempted unproven"],
    ["a wrong password", { outcome: "failure", failure: "wrong-password" }, "attempted failed unproven"],
    ["a failure without a reason", { outcome: "failure" }, "attempted failed unproven"],
    ["an unknown account", { outcome: "failure", failure: "unknown-account" }, "attempted failed probed unproven"],
    ["a technical fault is nobody's guess", { outcome: "failure", failure: "error" }, "attempted"],
    ["a failed second factor", { outcome: "failure", failure: "mfa-failed" }, "attempted failed unproven"],
    ["a login that got in", { outcome: "success" }, "attempted proven"],
    ["a login that policy stopped counts towards no limit", { outcome: "blocked" }, "attempted"],
    ["an honest sign-up", { kind: "registration", outcome: "success" }, ""],
    [
      "a registration that fails because the account is there",
      { kind: "registration", outcome: "failure", failure: "account-exists" },
      "probed",
    ],
    ["a registration that fails otherwise", { kind: "registration", outcome: "failure", failure: "error" }, ""],
    ["a reset for an account that is not there", { kind: "password-reset", outcome: "failure", failure: "unknown-account" }, "probed"],
    ["a reset that was asked for and blocked", { kind: "password-reset", outcome: "blocked", failure: "unknown-account" }, ""],
    ["a reset that went through", { kind: "password-reset", outcome: "success" }, ""],
    [
      "a login that fails because the account is there, which says nothing",
      { outcome: "failure", failure: "account-exists" },
      "attempted failed unproven",
    ],
    ["a failed second factor on its own", { kind: "mfa", outcome: "failure", failure: "mfa-denied" }, "unproven-factor"],
    ["a second factor on its way", { kind: "mfa", outcome: "pending" }, "unproven-factor"],
    ["a second factor that could not be checked", { kind: "mfa", outcome: "failure", failure: "error" }, ""],
    ["a second factor that was right", { kind: "mfa", outcome: "success" }, ""],
    [
      "a right password that the policy refused counts as a wrong one",
      { outcome: "failure", failure: "refused" },
      "attempted failed unproven",
    ],
    ["an unlock", { kind: "unlock", outcome: "success" }, "unlocked"],
    ["an unlock that did not work", { kind: "unlock", outcome: "failure" }, ""],
    ["an unlock on its way", { kind: "unlock", outcome: "pending" }, ""],
  ])("%s", (_, change, names) => {
    const holding = Object.values(predicates)
      .filter(({ test }) => test(login(0, change)))
      .map(({ name }) => name);
    expect(holding.sort().join(" ")).toBe(names);
  });
});
