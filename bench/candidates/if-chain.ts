import type { Action, LoginEvent } from "../../src/index.js";
import { deniedCountries, maliciousAddresses } from "../input/decision-events.js";

/** A decision without evidence: the ids of the rules that spoke, the strictest first. */
export interface BareDecision {
  readonly decision: Action;
  readonly reasons: readonly string[];
}

const denied = new Set(deniedCountries);
const malicious = new Set(maliciousAddresses);

/** The limit: six rules written out by hand, lists as exact text in a `Set`, a fresh result. No state, no evidence, no options. */
export function decideByIfChain(event: LoginEvent): BareDecision {
  const { account, source } = event;
  const reasons: string[] = [];
  let decision: Action = "ALLOW";
  const failures = event.history?.failedAttempts ?? 0;
  if (account.status !== "active") {
    decision = "BLOCK";
    reasons.push("disabled-account");
  }
  if (failures >= 10) {
    decision = "BLOCK";
    reasons.push("failed-attempts");
  }
  if (malicious.has(source.ip!)) {
    decision = "BLOCK";
    reasons.push("malicious-ip");
  }
  if (denied.has(source.country!)) {
    decision = "BLOCK";
    reasons.push("restricted-country");
  }
  if (account.type === "service" && event.interactive === true) {
    decision = "BLOCK";
    reasons.push("service-account");
  }
  if (failures >= 5 && failures < 10) {
    if (decision === "ALLOW") decision = "FLAG";
    reasons.push("failed-attempts");
  }
  if (event.outcome === "success" && account.type !== "service" && account.mfaEnrolled === false) {
    if (decision === "ALLOW") decision = "FLAG";
    reasons.push("missing-mfa");
  }
  return { decision, reasons };
}
