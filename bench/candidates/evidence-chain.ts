import { type Action, type AddressSet, addressSet, canonicalAddress, type LoginEvent, type Verdict } from "../../src/index.js";
import { deniedCountries, maliciousAddresses } from "../input/decision-events.js";
import { listName } from "./six-rules-policy.js";

/** A decision with evidence: what each rule said and the facts behind it, the strictest first. */
export interface EvidenceDecision {
  readonly action: Action;
  readonly verdicts: readonly Verdict[];
}

const denied = new Set(deniedCountries);
const exact = new Set(maliciousAddresses);

/** portcullis's own set of the same addresses: it reads the text and knows CIDR blocks, IPv6 and IPv4-mapped forms. */
export const addressBlocks: AddressSet = addressSet({ name: listName, addresses: maliciousAddresses });

/** The if-chain with evidence; malicious addresses are exact text in a `Set`, or in an address set where one is given. */
export function decideWithEvidence(event: LoginEvent, blocks?: AddressSet): EvidenceDecision {
  const { account, source } = event;
  const verdicts: Verdict[] = [];
  let action: Action = "ALLOW";
  const failures = event.history?.failedAttempts ?? 0;
  if (account.status !== "active") {
    action = "BLOCK";
    verdicts.push({ rule: "disabled-account", action, facts: { status: account.status! } });
  }
  if (failures >= 10) {
    action = "BLOCK";
    verdicts.push({ rule: "failed-attempts", action, facts: { failures, limit: 10, scope: "this source" } });
  }
  if (blocks === undefined ? exact.has(source.ip!) : blocks.has(source.ip!)) {
    action = "BLOCK";
    const address = blocks === undefined ? source.ip! : (canonicalAddress(source.ip) ?? source.ip!);
    verdicts.push({ rule: "malicious-ip", action, facts: { list: listName, address } });
  }
  if (denied.has(source.country!)) {
    action = "BLOCK";
    verdicts.push({ rule: "restricted-country", action, facts: { country: source.country!, list: "on the deny list" } });
  }
  if (account.type === "service" && event.interactive === true) {
    action = "BLOCK";
    verdicts.push({ rule: "service-account", action, facts: { type: "service", interactive: true } });
  }
  if (failures >= 5 && failures < 10) {
    if (action === "ALLOW") action = "FLAG";
    verdicts.push({ rule: "failed-attempts", action: "FLAG", facts: { failures, limit: 5, scope: "this source" } });
  }
  if (event.outcome === "success" && account.type !== "service" && account.mfaEnrolled === false) {
    if (action === "ALLOW") action = "FLAG";
    const facts = { why: "the account has no second factor", privileged: account.privileged === true };
    verdicts.push({ rule: "missing-mfa", action: "FLAG", facts });
  }
  return { action, verdicts };
}
