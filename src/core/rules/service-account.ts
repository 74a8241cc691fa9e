import type { SpokenAction } from "../model/action.js";
import { abstain, defineRule, missing, type Rule, speak } from "./rule.js";

/** How `serviceAccount` judges. */
export interface ServiceAccountOptions {
  /** What is said of interactive use; `BLOCK` by default. */
  readonly action?: SpokenAction;
}

/**
 * BLOCKs interactive use of a service account: credentials meant for a program, typed into a form.
 *
 * Needs `account.type`, and `interactive` where the type is `service`. Source: none of Sigma's, Elastic's or Panther's public rules
 * covers it at login; ATT&CK T1078.
 *
 * @example
 * serviceAccount().id; //=> "service-account"
 */
export function serviceAccount({ action = "BLOCK" }: ServiceAccountOptions = {}): Rule {
  return defineRule({
    id: "service-account",
    summary: "A person uses a service account.",
    phase: "after",
    reads: {},
    evaluate(_, { account, interactive }) {
      if (account.type === undefined) return missing("account.type");
      if (account.type !== "service") return abstain;
      if (interactive === undefined) return missing("interactive");
      return interactive ? speak(action, { type: account.type, interactive }) : abstain;
    },
    explain: () => "interactive use of a service account",
  });
}
