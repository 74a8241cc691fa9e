import type { Policy } from "../core/engine/policy.js";
import type { Duration } from "../core/model/duration.js";
import type { LoginStore } from "../stores/store.js";
import type { GuardHooks } from "./hooks.js";

/** What stands in for a store that does not answer. */
export type StoreFailurePolicy = "allow" | "challenge" | "block" | "local";

/** How a guard is made. Everything has a default but what only you can know. */
export interface GuardOptions extends GuardHooks {
  /** The default policy where none is given. */
  readonly policy?: Policy;
  /** Where the memory is kept; in this process where none is given. Several processes need a shared one. */
  readonly store?: LoginStore;
  /**
   * Signs handles and device cookies: texts of at least 32 bytes, the newest first; older ones still verify. Needed for `token`, `resume` and
   * `deviceToken`, and the same in every process.
   */
  readonly secrets?: readonly string[];
  /** Tells the time, epoch milliseconds. Without one the store's own time counts, so that no server's clock moves a window. For tests. */
  readonly clock?: () => number;
  /** Makes the ids of attempts; random UUIDs by default. For tests. */
  readonly newId?: () => string;
  /** How long one call may wait for the store; a quarter of a second by default. */
  readonly deadline?: Duration;
  /**
   * What speaks while the store does not answer; `local` by default: this process counts by itself until it answers again. Always listed in
   * `degraded`. `allow` lets everybody guess meanwhile (OWASP ASVS 16.5.3 forbids that by accident); `block` lets nobody in.
   */
  readonly onStoreFailure?: StoreFailurePolicy;
  /** Keeps accounts, addresses and devices as keyed hashes only. A key of at least 32 bytes, the same in every process and for good. */
  readonly pseudonymise?: { readonly key: string };
  /** `shadow` counts and tells, and lets everybody through: what would have been said stands in `decision.shadow`. `enforce` by default. */
  readonly mode?: "enforce" | "shadow";
  /** How long after its begin an attempt may be concluded or proven; 15 minutes by default. After that it stays the failure that it is. */
  readonly attemptWithin?: Duration;
  /** How long a device cookie is good for; 90 days by default, as long as the default policy calls a device familiar. */
  readonly deviceWithin?: Duration;
}
