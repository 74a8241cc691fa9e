import type { LoginEvent } from "../model/login-event.js";
import { predicate } from "./predicate.js";

const isGuess = (event: LoginEvent): boolean => event.outcome === "failure" && event.failure !== "error";
const isUnproven = (event: LoginEvent): boolean => event.outcome === "pending" || isGuess(event);

/** Logins that failed. A technical fault (`failure: "error"`) is nobody's guess. Detectors read this one: it never goes back. */
export const failed = predicate("failed", (event) => event.kind === "login" && isGuess(event));

/** Logins that failed or are not concluded yet. Limits read this one, so that parallel guesses cannot outrun the count. */
export const unproven = predicate("unproven", (event) => event.kind === "login" && isUnproven(event));

/** Proofs of a further factor that failed or are not concluded yet. */
export const unprovenFactor = predicate("unproven-factor", (event) => event.kind === "mfa" && isUnproven(event));

/** Logins however they ended, those blocked by policy included. */
export const attempted = predicate("attempted", (event) => event.kind === "login");

/** Logins proven in full: every factor asked for was given. */
export const proven = predicate("proven", (event) => event.kind === "login" && event.outcome === "success");

/** Releases of a lock: an operator's, or one that follows a verified reset. */
export const unlocked = predicate("unlocked", (event) => event.kind === "unlock" && event.outcome === "success");

/**
 * Attempts whose answer tells whether an account exists: logins and resets that fail for want of the account, registrations
 * that fail because it is there. An honest sign-up succeeds and never counts.
 */
export const probed = predicate("probed", (event) => {
  if (event.outcome !== "failure") return false;
  if (event.kind === "registration") return event.failure === "account-exists";
  return (event.kind === "login" || event.kind === "password-reset") && event.failure === "unknown-account";
});
