import { count } from "../aggregates/count.js";
import { provenFromDevice, provenFromSource } from "../aggregates/familiarity.js";
import { byAccountAndDevice, byAccountAndSource } from "../aggregates/grouping.js";
import { latest } from "../aggregates/latest.js";
import { failed, proven } from "../aggregates/outcome-predicates.js";
import type { Duration } from "../model/duration.js";
import { type Detector, defineDetector, found, nothing } from "./detector.js";

/** When `successAfterFailures` speaks. */
export interface SuccessAfterFailuresOptions {
  /** Failures of the account from the source since it last got in; 5 by default. */
  readonly limit?: number;
  /** How long before the success they may lie; 30 minutes by default. */
  readonly within?: Duration;
}

/** How many failures are kept as evidence, so that an alert can say when the guessing began: NIST's cap of consecutive failures. */
const evidence = 100;

/**
 * Recognises a guessed password: a source that kept failing on an account gets in.
 *
 * By account and source, so that an owner who logs in during somebody else's attack is not taken for the attacker; from a familiar device its own
 * failures count, so that neither is one behind the attacker's address. Sources of the
 * defaults: five failures in 30 minutes (Panther); on the RBA log five in ten minutes meet 1.7 of 10,000 honest logins. OWASP
 * `authn_login_successafterfail`, ASVS 6.3.5; ATT&CK T1110 then T1078.
 *
 * @example
 * successAfterFailures().severity; //=> "critical"
 */
export function successAfterFailures({ limit = 5, within = { minutes: 30 } }: SuccessAfterFailuresOptions = {}): Detector {
  const remembered = Math.max(limit, evidence);
  const failures = count({ where: failed, by: byAccountAndSource, within, limit: remembered, since: provenFromSource(within) });
  const lane = count({ where: failed, by: byAccountAndDevice, within, limit: remembered, since: provenFromDevice });
  const device = latest({ where: proven, by: byAccountAndDevice, within: { days: 90 }, limit: 2 });
  return defineDetector({
    id: "success-after-failures",
    technique: "T1078",
    severity: "critical",
    summary: "A source that kept failing on an account gets in.",
    subject: byAccountAndSource,
    on: proven,
    momentary: true,
    reads: { failures, lane, device },
    limits: [{ reads: "failures", at: limit }],
    detect({ failures, lane, device }, { at }) {
      // a device that was proven before answers for itself, not for others behind its address
      const own = device.times.some((time) => time < at) ? lane : failures;
      // a success that comes late has failures behind it that were not before it
      const before = own.times.filter((time) => time <= at);
      if (before.length < limit) return nothing;
      return found({ failures: before.length, limit, atLeast: own.saturated }, { since: before[0]! });
    },
    explain: ({ failures, limit, atLeast }) => {
      return `a login succeeded after ${atLeast ? "at least " : ""}${failures} failures from the same source; the limit is ${limit}`;
    },
  });
}
