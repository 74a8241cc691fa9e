import { count } from "../aggregates/count.js";
import { provenFromDevice, unlockedAccount } from "../aggregates/familiarity.js";
import { byAccount, byAccountAndDevice } from "../aggregates/grouping.js";
import { unprovenFactor } from "../aggregates/outcome-predicates.js";
import { liftsAt } from "../aggregates/reading.js";
import type { Duration } from "../model/duration.js";
import { abstain, block, defineRule, type Rule } from "./rule.js";

/** Limits of `failedProofs`. */
export interface FailedProofsOptions {
  /** Failed proofs of a further factor, by the account from everywhere or by one familiar device, that BLOCK; 10 by default. */
  readonly blockAt?: number;
  /** How long one counts; 15 minutes by default. */
  readonly within?: Duration;
}

/**
 * BLOCKs further proofs of a second factor on an account that keeps failing them: whoever is asked for one has the password already, and a code of
 * six digits is soon guessed.
 *
 * By account, whatever the source, because the number of codes is what protects it; a familiar device counts in its own lane. An unlock forgives.
 * Source of the defaults: better-auth's two-factor lock, 10 failures in 900 seconds; NIST SP 800-63B, section 3.2.2, caps consecutive failures of an
 * authenticator at 100. ATT&CK T1110.
 *
 * @example
 * failedProofs({ blockAt: 5 }).kinds; //=> ["mfa"]
 */
export function failedProofs({ blockAt = 10, within = { minutes: 15 } }: FailedProofsOptions = {}): Rule {
  const since = unlockedAccount(within);
  const account = count({ where: unprovenFactor, by: byAccount, within, limit: blockAt, since });
  const lane = count({ where: unprovenFactor, by: byAccountAndDevice, within, limit: blockAt, since });
  return defineRule({
    id: "failed-proofs",
    summary: "A further factor is guessed on one account.",
    phase: "before",
    kinds: ["mfa"],
    reads: { account, lane, familiar: provenFromDevice },
    limits: [
      { reads: "account", at: blockAt, action: "BLOCK" },
      { reads: "lane", at: blockAt, action: "BLOCK" },
    ],
    gated: () => true,
    evaluate({ account, lane, familiar }) {
      const own = familiar.value > 0 ? lane : account;
      return own.value >= blockAt ? block({ proofs: own.value, limit: blockAt }, liftsAt(own, blockAt)) : abstain;
    },
    explain: ({ proofs, limit }) => `${proofs} failed proofs of a further factor; the limit is ${limit}`,
  });
}
