import { count } from "../aggregates/count.js";
import { provenFromDevice, provenFromSource, unlockedAccount } from "../aggregates/familiarity.js";
import { byAccount, byAccountAndDevice, byAccountAndSource } from "../aggregates/grouping.js";
import { unproven } from "../aggregates/outcome-predicates.js";
import { liftsAt, type Reading } from "../aggregates/reading.js";
import type { Duration } from "../model/duration.js";
import { abstain, block, challenge, defineRule, flag, type Rule, type Spoken } from "./rule.js";

/** Limits of `failedAttempts`. */
export interface FailedAttemptsOptions {
  /** Failures of the account from this source (or familiar device) that FLAG; 5 by default. */
  readonly flagAt?: number;
  /** Failures that BLOCK the pair; 10 by default. */
  readonly blockAt?: number;
  /** How long a failure counts for the pair; 15 minutes by default. */
  readonly within?: Duration;
  /** Failures of the account from everywhere that CHALLENGE; 20 by default. */
  readonly challengeAccountAt?: number;
  /** How long a failure counts for the account; an hour by default. */
  readonly accountWithin?: Duration;
}

/**
 * FLAGs and then BLOCKs an account-and-source pair that keeps failing. Failures on the account from everywhere together ask for a
 * CHALLENGE only, so that nobody can lock an owner out; a familiar device counts in its own lane and is never asked.
 *
 * A proven login forgives the pair (NIST SP 800-63B-4), an unlock the account. A figure in `history.failedAttempts` is the floor of
 * the pair's. Sources of the defaults: 10 per identifier and address (Auth0, rate-limiter-flexible's login example) in the 15 minutes
 * of Keycloak's longest wait; FLAG at 5, where ASP.NET Identity and FusionAuth lock; 20 an hour per account (Panther).
 *
 * @throws RangeError for a limit below 1 or a FLAG limit above the BLOCK limit.
 * @example
 * failedAttempts({ flagAt: 3, blockAt: 5, within: { minutes: 10 } }).id; //=> "failed-attempts"
 */
export function failedAttempts(options: FailedAttemptsOptions = {}): Rule {
  const { flagAt = 5, blockAt = 10, within = { minutes: 15 }, challengeAccountAt = 20, accountWithin = { hours: 1 } } = options;
  if (flagAt > blockAt) throw new RangeError(`\`failed-attempts\`: expected flagAt <= blockAt, got ${flagAt} > ${blockAt}`);
  const released = unlockedAccount(within);
  const pair = count({ where: unproven, by: byAccountAndSource, within, limit: blockAt, since: [provenFromSource(within), released] });
  const lane = count({ where: unproven, by: byAccountAndDevice, within, limit: blockAt, since: [provenFromDevice, released] });
  const since = unlockedAccount(accountWithin);
  const account = count({ where: unproven, by: byAccount, within: accountWithin, limit: challengeAccountAt, since });
  return defineRule({
    id: "failed-attempts",
    summary: "One source keeps failing on one account, or many sources do.",
    phase: "before",
    overrulable: true,
    reads: { pair, lane, account, familiar: provenFromDevice },
    limits: [
      { reads: "pair", at: flagAt, action: "FLAG" },
      { reads: "pair", at: blockAt, action: "BLOCK" },
      { reads: "lane", at: flagAt, action: "FLAG" },
      { reads: "lane", at: blockAt, action: "BLOCK" },
      { reads: "account", at: challengeAccountAt, action: "CHALLENGE" },
    ],
    gated: ({ history }) => history?.failedAttempts === undefined,
    evaluate(readings, { history }) {
      const isFamiliar = readings.familiar.value > 0;
      const own = isFamiliar ? readings.lane : readings.pair;
      const scope = isFamiliar ? "this familiar device" : "this source";
      const given = givenFailures(history?.failedAttempts);
      const failures = Math.max(own.value, given);
      // a figure from outside does not lift by itself
      const lifts = (limit: number): number | undefined => (given >= limit ? undefined : liftsAt(own, limit));
      const pressed =
        !isFamiliar && readings.account.value >= challengeAccountAt ? pressure(readings.account, challengeAccountAt) : abstain;
      if (failures >= blockAt) return said(block({ failures, limit: blockAt, scope }, lifts(blockAt)), pressed);
      if (failures >= flagAt) return said(flag({ failures, limit: flagAt, scope }, lifts(flagAt)), pressed);
      return pressed;
    },
    explain: ({ failures, limit, scope }) => `${failures} failed attempts on the account from ${scope}; the limit is ${limit}`,
  });
}

/** A figure from outside that can be compared and shown: what is no number above zero counts as none. */
function givenFailures(figure: number | undefined): number {
  return figure !== undefined && figure > 0 ? Math.min(figure, Number.MAX_SAFE_INTEGER) : 0;
}

/** What is said of failures on an account from everywhere together: a further proof, never a lock. */
function pressure(account: Reading, limit: number): Spoken<FailureFacts> {
  return challenge({ failures: account.value, limit, scope: "all sources together" }, liftsAt(account, limit));
}

/** One thing, or two that lift at different times. */
function said(
  own: Spoken<FailureFacts>,
  pressed: Spoken<FailureFacts> | undefined,
): Spoken<FailureFacts> | readonly Spoken<FailureFacts>[] {
  return pressed === undefined ? own : [own, pressed];
}

type FailureFacts = { readonly failures: number; readonly limit: number; readonly scope: string };
