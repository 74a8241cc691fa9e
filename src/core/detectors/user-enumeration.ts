import { countDistinct } from "../aggregates/count-distinct.js";
import { crowdCeiling, standsOut } from "../aggregates/crowd.js";
import { unlockedSource } from "../aggregates/familiarity.js";
import { accountField } from "../aggregates/field.js";
import { bySource } from "../aggregates/grouping.js";
import { probed, proven } from "../aggregates/outcome-predicates.js";
import { liftsAt } from "../aggregates/reading.js";
import type { Duration } from "../model/duration.js";
import { type Detector, defineDetector, found, nothing } from "./detector.js";

/** When `userEnumeration` speaks. */
export interface UserEnumerationOptions {
  /** Distinct account names that one source probed; 5 by default. */
  readonly limit?: number;
  /** An hour by default. */
  readonly within?: Duration;
}

/**
 * Recognises one source finding out which accounts exist: logins and resets that fail as unknown account, registrations that fail
 * because the account is there. An honest sign-up never counts, and no registration counts as a failed login.
 *
 * The same guard for shared addresses as in password spraying. Sources of the defaults: five distinct names (CrowdSec's user
 * enumeration, whose bucket leaks within a minute), over an hour to see slow ones too; ATT&CK T1589.002, OWASP OAT-007, AppSensor AE1.
 *
 * @example
 * userEnumeration({ limit: 3 }).technique; //=> "T1589.002"
 */
export function userEnumeration({ limit = 5, within = { hours: 1 } }: UserEnumerationOptions = {}): Detector {
  const most = limit * crowdCeiling;
  const since = unlockedSource(within);
  const names = countDistinct({ field: accountField, where: probed, by: bySource, within, limit: most, since });
  const welcome = countDistinct({ field: accountField, where: proven, by: bySource, within, limit: most, since });
  return defineDetector({
    id: "user-enumeration",
    technique: "T1589.002",
    severity: "medium",
    summary: "One source finds out which accounts exist.",
    subject: bySource,
    on: probed,
    reads: { names, welcome },
    limits: [{ reads: "names", at: limit }],
    detect({ names, welcome }) {
      if (!standsOut(names, welcome, limit)) return nothing;
      const facts = { names: names.value, limit, probes: names.values.slice(-limit) };
      return found(facts, { since: names.times[0]!, until: liftsAt(names, limit) });
    },
    explain: ({ names, limit }) => `one source asked after ${names} account names; the limit is ${limit}`,
  });
}
