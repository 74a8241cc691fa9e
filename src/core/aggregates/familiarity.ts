import type { Aggregate, Window } from "./aggregate.js";
import { byAccount, byAccountAndDevice, byAccountAndSource, bySource } from "./grouping.js";
import { latest } from "./latest.js";
import { proven, unlocked } from "./outcome-predicates.js";
import { predicate } from "./predicate.js";

/**
 * The last proven login of an account from a device that the application vouches for. A device is familiar for 90 days after it
 * (better-auth's sentinel and tirreno call an account stale after 90 days).
 */
export const provenFromDevice = latest({ where: proven, by: byAccountAndDevice, within: { days: 90 } });

const provenWithoutDevice = predicate("proven-without-device", (event) => proven.test(event) && event.client?.deviceId === undefined);

/**
 * The last proven login of an account from one source and from no device that the application vouches for: it forgives the failures before it (NIST SP
 * 800-63B-4, section 3.2.2). A login from such a device forgives its own lane; were it to forgive the pair, each would hand the full number of guesses
 * again to whoever shares the owner's address.
 */
export function provenFromSource(within: Window): Aggregate {
  return latest({ where: provenWithoutDevice, by: byAccountAndSource, within });
}

/** The last release of an account's lock: it forgives everything counted against the account before. */
export function unlockedAccount(within: Window): Aggregate {
  return latest({ where: unlocked, by: byAccount, within });
}

/** The last release of a source: it forgives everything counted against the source before. */
export function unlockedSource(within: Window): Aggregate {
  return latest({ where: unlocked, by: bySource, within });
}
