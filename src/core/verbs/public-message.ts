import type { Action } from "../model/action.js";

const failed = "Signing in did not work. Check your details, or try again later.";

const proofWanted = "One more step is needed to sign in.";

/**
 * What the person at the login form is told. A BLOCK says what a wrong password says, word for word: use this very text for wrong
 * passwords and unknown accounts too (it is what you get without a decision), or the difference tells an attacker what the rule knew.
 *
 * `undefined` when there is nothing to say: the login goes on.
 *
 * @example
 * publicMessage({ action: "BLOCK" }) === publicMessage(); //=> true
 */
export function publicMessage(decision?: { readonly action: Action }): string | undefined {
  if (decision === undefined || decision.action === "BLOCK") return failed;
  return decision.action === "CHALLENGE" ? proofWanted : undefined;
}
