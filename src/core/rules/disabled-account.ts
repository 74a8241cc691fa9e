import { abstain, block, defineRule, missing, type Rule } from "./rule.js";

/**
 * BLOCKs logins to an account that may not be used: disabled, locked or expired, by the event's `account.status` or by the
 * application's own `failure`.
 *
 * Judges after the credential check, so that its answer tells nobody that the account exists. Source: Sigma's login-to-disabled-account
 * rules; ATT&CK T1078.
 *
 * @example
 * disabledAccount().id; //=> "disabled-account"
 */
export function disabledAccount(): Rule {
  return defineRule({
    id: "disabled-account",
    summary: "Someone logs in to an account that may not be used.",
    phase: "after",
    reads: {},
    evaluate(_, { account, failure }) {
      const status = account.status ?? (failure === "disabled" || failure === "locked" || failure === "expired" ? failure : undefined);
      if (status === undefined) return missing("account.status");
      return status === "active" ? abstain : block({ status });
    },
    explain: ({ status }) => `the account is ${status}`,
  });
}
