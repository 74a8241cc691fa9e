import { disabledAccount } from "../../../src/core/rules/disabled-account.js";
import { describeRule, login, registration } from "../../../src/testing/public.js";

describeRule(disabledAccount, {
  abstains: {
    "an active account": { event: login("success") },
    "an active account whose password was wrong": { event: login("failure", { failure: "wrong-password" }) },
    "before the credential check, even on a disabled account": {
      event: login("pending", { account: { id: "ann", status: "disabled" } }),
    },
    "nothing is known of the account": { event: login("success", { account: { id: "ann" } }), missing: "account.status" },
    "an unknown account: the failure says nothing of a status": {
      event: login("failure", { account: { id: "nobody" }, failure: "unknown-account" }),
      missing: "account.status",
    },
    "a status of active outweighs a failure that says disabled": { event: login("failure", { failure: "disabled" }) },
    "a registration under the name of a disabled account": {
      event: registration("failure", { account: { id: "ann", status: "disabled" } }),
    },
  },
  speaks: {
    disabled: {
      event: login("success", { account: { id: "ann", status: "disabled" } }),
      says: "BLOCK",
      facts: { status: "disabled" },
      until: null,
      explains: "the account is disabled",
    },
    locked: { event: login("success", { account: { id: "ann", status: "locked" } }), says: "BLOCK", facts: { status: "locked" } },
    expired: { event: login("success", { account: { id: "ann", status: "expired" } }), says: "BLOCK", facts: { status: "expired" } },
    "a wrong password on a disabled account is answered alike": {
      event: login("failure", { account: { id: "ann", status: "disabled" }, failure: "wrong-password" }),
      says: "BLOCK",
    },
    "no status, but the application failed the login for being disabled": {
      event: login("failure", { account: { id: "ann" }, failure: "disabled" }),
      says: "BLOCK",
      facts: { status: "disabled" },
    },
  },
});
