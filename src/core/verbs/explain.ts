import { oneLine } from "../engine/one-line.js";
import type { Policy } from "../engine/policy.js";
import type { Decision, Degradation, Verdict } from "../model/decision.js";
import type { Detection } from "../model/detection.js";
import type { Facts } from "../model/facts.js";
import { defaultPolicy } from "../policies/default.js";

/**
 * A decision in an operator's words: a line per verdict, those that determined it first, then what was overruled, what shadow rules
 * would have said, and what could not be judged. Not for the person at the login form: that is `publicMessage`.
 *
 * Every line is free of control characters, whatever an account name holds.
 *
 * @example
 * const event = { id: "1", at: 0, kind: "login", outcome: "success", account: { id: "ann", status: "disabled" }, source: {} };
 * explain(evaluateLogin(event, createState()))[0]; //=> "BLOCK disabled-account: the account is disabled"
 */
export function explain(decision: Decision, policy: Policy = defaultPolicy): string[] {
  return [
    ...decision.verdicts.map((verdict) => wordVerdict(verdict, policy)),
    ...decision.overruled.map((verdict) => `allowed by ${oneLine(verdict.allowedBy)}: ${wordVerdict(verdict, policy)}`),
    ...decision.shadow.map((verdict) => `in shadow: ${wordVerdict(verdict, policy)}`),
    ...decision.degraded.map(wordDegradation),
  ];
}

/** A verdict's facts in its rule's words, or as they are when the policy does not know the rule. */
export function wordFacts(verdict: Verdict, policy: Policy = defaultPolicy): string {
  const { facts } = verdict;
  if (typeof facts.missing === "string") return `${oneLine(facts.missing)} is not known`;
  if (facts.failed === true) return "the rule failed";
  if (facts.full === true) return "the memory is full";
  if (facts.cause === "store-failure") return "the store did not answer";
  if (facts.cause === "missing-field") return "the account cannot be counted";
  if (facts.cause === "attempt-expired") return "the attempt is too old";
  return words(() => policy.rules.find(({ id }) => id === verdict.rule)?.explain(facts), facts);
}

/**
 * A detection in its detector's words.
 *
 * @example
 * explainDetection({ detector: "brute-force", technique: "T1110.001", severity: "high", subject: { by: "account-and-source" },
 *   eventId: "1", at: 0, since: 0, facts: { failures: 10, limit: 10 } });
 * //=> "10 failed logins on one account from one source; the limit is 10"
 */
export function explainDetection({ detector, facts }: Detection, policy: Policy = defaultPolicy): string {
  if (typeof facts.failed === "string") return `the detector failed: ${oneLine(facts.failed)}`;
  return words(() => policy.detectors.find(({ id }) => id === detector)?.explain(facts), facts);
}

function wordVerdict(verdict: Verdict, policy: Policy): string {
  return `${verdict.action}${verdict.satisfied ? " (satisfied)" : ""} ${verdict.rule}: ${wordFacts(verdict, policy)}`;
}

/** Words that an `explain` makes; a rule that cannot word its own facts shows them bare. */
function words(explained: () => string | undefined, facts: Facts): string {
  try {
    return oneLine(explained() ?? JSON.stringify(facts));
  } catch {
    return oneLine(JSON.stringify(facts));
  }
}

function wordDegradation({ kind, rule, detail, did }: Degradation): string {
  const about = rule === undefined ? "" : `${rule} `;
  const instead = did === "ABSTAIN" ? "it abstained" : `${did} in its place`;
  if (kind === "missing-field") return `${about}could not judge: ${detail} is not known; ${instead}`;
  if (kind === "rule-error") return `${about}failed: ${detail}; ${instead}`;
  if (kind === "memory-full") return `the memory is full: this login cannot be remembered; ${instead}`;
  if (kind === "clock-ahead") return "dated more than an hour after anything seen before: its time is not believed yet";
  if (kind === "store-failure") return `the store failed: ${detail}; ${instead}`;
  if (kind === "attempt-expired") return `the attempt was concluded too late; ${instead}`;
  return `the account alias failed: ${detail}; the account counts as written`;
}
