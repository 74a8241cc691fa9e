import type { Action, SpokenAction } from "./action.js";
import type { Facts } from "./facts.js";
import type { Requirement } from "./requirement.js";

/** What one rule said of one event, with the facts behind it. */
export interface Verdict {
  readonly rule: string;
  readonly action: SpokenAction;
  readonly facts: Facts;
  /** Epoch milliseconds at which this verdict lifts if nothing more happens; absent when it does not lift by itself. */
  readonly until?: number;
  /** A proof that would satisfy a CHALLENGE. */
  readonly require?: Requirement;
  /** True where the attempt brought that proof: the verdict is told, and counts no more. */
  readonly satisfied?: true;
}

/** A verdict that an allow-list entry overruled. */
export interface OverruledVerdict extends Verdict {
  /** Name of the allow-list entry. */
  readonly allowedBy: string;
}

/**
 * Something that could not be judged, and what was done about it.
 *
 * - `missing-field`: the rule needs a field that the event does not carry
 * - `rule-error`: the rule threw
 * - `memory-full`: every group is protected, so a new one could not be remembered
 * - `clock-ahead`: the event is dated more than an hour after anything seen before it
 * - `alias-error`: the policy's account alias hook threw, so the account as written was used
 * - `store-failure`: the guard's store did not answer in time, or answered nonsense
 * - `attempt-expired`: the attempt was concluded or proven later than the guard allows
 */
export interface Degradation {
  readonly kind: "missing-field" | "rule-error" | "memory-full" | "clock-ahead" | "alias-error" | "store-failure" | "attempt-expired";
  readonly rule?: string;
  /** The missing field's path, or the error's message on one line. */
  readonly detail?: string;
  /** What spoke in its place; `ABSTAIN` when nothing did. */
  readonly did: SpokenAction | "ABSTAIN";
}

/** What the policy says of a login, and why. */
export interface Decision {
  readonly action: Action;
  /** Every verdict that counted; those that determined the action first. */
  readonly verdicts: readonly Verdict[];
  /** Verdicts that an allow-list entry overruled. */
  readonly overruled: readonly OverruledVerdict[];
  /** What rules in shadow mode would have said. */
  readonly shadow: readonly Verdict[];
  readonly degraded: readonly Degradation[];
  /** Proofs that would satisfy a CHALLENGE, when the action is one. */
  readonly require?: readonly Requirement[];
  /** Epoch milliseconds at which the action softens if nothing more happens; absent when any determining verdict stays. */
  readonly retryAt?: number;
  readonly policy: { readonly id: string; readonly version: string };
}
