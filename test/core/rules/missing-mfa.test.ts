import { missingMfa } from "../../../src/core/rules/missing-mfa.js";
import { describeRule, login } from "../../../src/testing/public.js";

const strict = missingMfa({ privilegedAction: "BLOCK" });

describeRule(missingMfa, {
  abstains: {
    "a password and a one-time code": { event: login("success", { factors: ["pwd", "otp"] }) },
    "`mfa` speaks for itself": { event: login("success", { factors: ["mfa"] }) },
    "a key and a fingerprint": { event: login("success", { factors: ["hwk", "fpt"] }) },
    "an account with a second factor, the factors not told": { event: login("success") },
    "a failed login let nobody in": { event: login("failure", { factors: ["pwd"] }) },
    "a blocked login let nobody in": { event: login("blocked", { factors: ["pwd"] }) },
    "before the credential check": { event: login("pending", { factors: ["pwd"] }) },
    "a program has no second factor to give": { event: login("success", { account: { id: "job", type: "service" }, factors: ["pwd"] }) },
    "a privileged account with two factors": {
      rule: strict,
      event: login("success", { account: { id: "root", privileged: true }, factors: ["pwd", "hwk"] }),
    },
    "neither factors nor enrolment are known": { event: login("success", { account: { id: "ann" } }), missing: "factors" },
  },
  speaks: {
    "a password alone": {
      event: login("success", { factors: ["pwd"] }),
      says: "FLAG",
      facts: { why: "only one factor was used", factors: ["pwd"], privileged: false },
      until: null,
      explains: "only one factor was used",
    },
    "two passwords are one factor": { event: login("success", { factors: ["pwd", "pin"] }), says: "FLAG" },
    "a one-time code alone": { event: login("success", { factors: ["otp"] }), says: "FLAG" },
    "an empty list of factors": { event: login("success", { factors: [] }), says: "FLAG" },
    "enrolled, but one factor was used: what was used counts": {
      event: login("success", { account: { id: "ann", mfaEnrolled: true }, factors: ["pwd"] }),
      says: "FLAG",
    },
    "an account without a second factor": {
      event: login("success", { account: { id: "ann", mfaEnrolled: false } }),
      says: "FLAG",
      explains: "the account has no second factor",
    },
    "a privileged account is only told by default": {
      event: login("success", { account: { id: "root", privileged: true, mfaEnrolled: false } }),
      says: "FLAG",
      explains: "the account has no second factor, and the account is privileged",
    },
    "a privileged account, where that blocks": {
      rule: strict,
      event: login("success", { account: { id: "root", privileged: true }, factors: ["pwd"] }),
      says: "BLOCK",
      facts: { privileged: true },
    },
    "an ordinary account, where only privileged ones are blocked": {
      rule: strict,
      event: login("success", { factors: ["pwd"] }),
      says: "FLAG",
    },
    "privileged accounts follow the action for all": {
      rule: missingMfa({ action: "CHALLENGE" }),
      event: login("success", { account: { id: "root", privileged: true }, factors: ["pwd"] }),
      says: "CHALLENGE",
    },
  },
});
