import type { SpokenAction } from "../model/action.js";
import { isMultiFactor } from "../model/multi-factor.js";
import { abstain, defineRule, missing, type Rule, speak } from "./rule.js";

/** How `missingMfa` judges. */
export interface MissingMfaOptions {
  /** What is said of an ordinary account; `FLAG` by default. */
  readonly action?: SpokenAction;
  /** What is said of a privileged account; as `action` by default. Many choose `BLOCK`. */
  readonly privilegedAction?: SpokenAction;
}

/**
 * FLAGs successful logins of people that were not proven by more than one factor.
 *
 * Goes by `factors` (RFC 8176 `amr`) where they are known, else by `account.mfaEnrolled`. A failed login let nobody in, and service
 * accounts are the business of another rule: silent on both. Sources: Sigma and CrowdSec have rules for console logins without MFA;
 * flagging people and blocking the privileged is our proposal from them. ATT&CK T1078.004.
 *
 * @example
 * missingMfa({ privilegedAction: "BLOCK" }).id; //=> "missing-mfa"
 */
export function missingMfa({ action = "FLAG", privilegedAction = action }: MissingMfaOptions = {}): Rule {
  return defineRule({
    id: "missing-mfa",
    summary: "A login was not proven by a second factor.",
    phase: "after",
    reads: {},
    evaluate(_, { account, factors, outcome }) {
      if (outcome !== "success" || account.type === "service") return abstain;
      const privileged = account.privileged === true;
      const says = privileged ? privilegedAction : action;
      if (factors !== undefined)
        return isMultiFactor(factors) ? abstain : speak(says, { why: "only one factor was used", factors, privileged });
      if (account.mfaEnrolled === false) return speak(says, { why: "the account has no second factor", privileged });
      return account.mfaEnrolled === true ? abstain : missing("factors");
    },
    explain: ({ why, privileged }) => `${why}${privileged ? ", and the account is privileged" : ""}`,
  });
}
