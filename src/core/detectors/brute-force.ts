import { count } from "../aggregates/count.js";
import { byAccountAndSource } from "../aggregates/grouping.js";
import { failed } from "../aggregates/outcome-predicates.js";
import { liftsAt } from "../aggregates/reading.js";
import type { Duration } from "../model/duration.js";
import { type Detector, defineDetector, found, nothing } from "./detector.js";

/** When `bruteForce` speaks. */
export interface BruteForceOptions {
  /** Failed logins of one account from one source; 10 by default. */
  readonly limit?: number;
  /** 15 minutes by default. */
  readonly within?: Duration;
}

/**
 * Recognises one source guessing the password of one account.
 *
 * Sources of the defaults: 10 failures per identifier and address (Auth0, rate-limiter-flexible); on the RBA log ten failures
 * of an account within five minutes meet 1.4 of 10,000 honest logins, five meet 16. ATT&CK T1110.001, OWASP OAT-007, AppSensor AE2.
 *
 * @example
 * bruteForce({ limit: 8 }).technique; //=> "T1110.001"
 */
export function bruteForce({ limit = 10, within = { minutes: 15 } }: BruteForceOptions = {}): Detector {
  const failures = count({ where: failed, by: byAccountAndSource, within, limit });
  return defineDetector({
    id: "brute-force",
    technique: "T1110.001",
    severity: "high",
    summary: "One source guesses the password of one account.",
    subject: byAccountAndSource,
    on: failed,
    reads: { failures },
    limits: [{ reads: "failures", at: limit }],
    detect({ failures }) {
      if (failures.value < limit) return nothing;
      return found({ failures: failures.value, limit }, { since: failures.times[0]!, until: liftsAt(failures, limit) });
    },
    explain: ({ failures, limit }) => `${failures} failed logins on one account from one source; the limit is ${limit}`,
  });
}
