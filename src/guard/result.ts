import type { FailureReason, LoginEvent } from "../core/model/login-event.js";
import type { AccountFacts } from "./attempt.js";

/** How the credential check ended. */
export type CredentialResult =
  | {
      readonly ok: true;
      /** What the application knows of the account; rules about status, type and MFA go by it. */
      readonly account?: AccountFacts;
      /** Authentication methods used so far, RFC 8176 `amr` values; `["pwd"]` for a password. */
      readonly factors?: readonly string[];
      /** Set when the application itself still wants a further factor: the attempt stays open until `proof`. */
      readonly awaiting?: "mfa";
    }
  | {
      readonly ok: false;
      /** Why. `error` is a technical fault and counts as nobody's guess. */
      readonly failure: FailureReason;
      readonly account?: AccountFacts;
    };

/** How the check of a further factor ended. */
export type ProofResult =
  | {
      readonly ok: true;
      /** The factors given now, RFC 8176 `amr` values such as `otp`. */
      readonly factors: readonly string[];
      /** What the application knows of the account, as for `conclude`: it may have been disabled meanwhile. */
      readonly account?: AccountFacts;
    }
  | { readonly ok: false; readonly failure: "mfa-failed" | "mfa-denied" | "mfa-timeout" | "error" };

/** The event of an attempt whose result is known. */
export function settledEvent(pending: LoginEvent, result: CredentialResult): LoginEvent {
  const event: { -readonly [Key in keyof LoginEvent]: LoginEvent[Key] } = { ...pending };
  const { account } = result;
  if (account !== undefined) event.account = { ...account, id: pending.account.id };
  if (!result.ok) {
    event.outcome = "failure";
    event.failure = result.failure;
    return event;
  }
  event.outcome = "success";
  if (result.factors !== undefined)
    event.factors = pending.factors === undefined ? result.factors : [...pending.factors, ...result.factors];
  return event;
}

/** Refuses what untyped code may hand in: a result that is neither right nor wrong must not let anybody in. */
export function assertResult(result: CredentialResult | ProofResult): void {
  if (typeof result !== "object" || result === null || (result.ok !== true && result.ok !== false)) {
    throw new TypeError("expected a result `{ ok: true, ... }` or `{ ok: false, failure }`");
  }
  if (!result.ok && typeof result.failure !== "string") throw new TypeError("expected `failure` to say why, such as `wrong-password`");
  if ("account" in result && result.account !== undefined && (typeof result.account !== "object" || result.account === null)) {
    throw new TypeError("expected `account` to hold what is known of the account");
  }
  if (result.ok && result.factors !== undefined && !isListOfTexts(result.factors)) throw new TypeError(factorsExpected);
}

/** Refuses a proof that does not say what was proven. */
export function assertProof(result: ProofResult): void {
  assertResult(result);
  if (result.ok && result.factors === undefined) throw new TypeError(factorsExpected);
}

const factorsExpected = "expected `factors` to list `amr` values such as `otp`";

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
