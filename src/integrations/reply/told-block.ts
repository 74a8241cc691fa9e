import type { Decision } from "../../core/model/decision.js";
import type { Problem } from "./problem.js";

/**
 * A BLOCK told as it is: by which rules, but not by what facts.
 *
 * @example
 * toldBlock({ verdicts: [{ rule: "failed-attempts", action: "BLOCK", facts: { failures: 10 } }] }, 429).rules; //=> ["failed-attempts"]
 */
export function toldBlock({ verdicts }: Pick<Decision, "verdicts">, status: number): Problem {
  const blocking = verdicts.filter(({ action }) => action === "BLOCK");
  // where nobody can be challenged, a CHALLENGE may be what blocks
  const speaking = blocking.length > 0 ? blocking : verdicts.filter(({ action, satisfied }) => action === "CHALLENGE" && !satisfied);
  const rules = [...new Set(speaking.map(({ rule }) => rule))].sort();
  const title = status === 429 ? "Too Many Attempts" : "Blocked";
  return { type: "urn:portcullis:blocked", title, status, detail: `The login policy does not allow this: ${rules.join(", ")}.`, rules };
}
