import type { Decision } from "../model/decision.js";
import type { Plan } from "./plan.js";

/** Whether a BLOCK stood before the credential was looked at: some rule of the phase before it, or what spoke in a rule's place, said so. */
export function isPrevented({ action, verdicts }: Decision, { rules }: Plan): boolean {
  if (action !== "BLOCK") return false;
  for (const verdict of verdicts) {
    // under `withoutChallenge: "BLOCK"` a challenge determines a block too
    if (verdict.action === "FLAG" || verdict.satisfied) continue;
    const planned = rules.find(({ rule }) => rule.id === verdict.rule);
    if (verdict.action === "BLOCK" || !verdicts.some((other) => other.action === "BLOCK")) {
      if (planned === undefined || planned.rule.phase === "before") return true;
    }
  }
  return false;
}
