import type { LoginEvent, Outcome } from "../core/model/login-event.js";
import { buildEvent, type EventTraits } from "./build-event.js";

/**
 * A login of an ordinary account (`ann`, active, human, with a second factor) from an ordinary address (`192.0.2.1`) at time 0, but for
 * what you say.
 *
 * Its id follows from its contents, so two logins that are told alike are one and the same event: give them times, or use a `timeline`.
 *
 * @example
 * login("failure", { account: "bob", at: minutes(3) }).id; //=> "login bob 192.0.2.1 +180000"
 */
export function login(outcome: Outcome, traits?: EventTraits): LoginEvent {
  return buildEvent("login", outcome, traits);
}

/**
 * A sign-up. An honest one is a `success`; `failure: "account-exists"` is what an enumerator gets.
 *
 * @example
 * registration("failure", { account: "bob", failure: "account-exists" }).kind; //=> "registration"
 */
export function registration(outcome: Outcome, traits?: EventTraits): LoginEvent {
  return buildEvent("registration", outcome, traits);
}

/** A request to reset a password. */
export function passwordReset(outcome: Outcome, traits?: EventTraits): LoginEvent {
  return buildEvent("password-reset", outcome, traits);
}

/** A second factor asked for or given; `attemptId` names its login. */
export function mfa(outcome: Outcome, traits?: EventTraits): LoginEvent {
  return buildEvent("mfa", outcome, traits);
}

/** A release of an account's lock, by an operator or after a verified reset. */
export function unlock(traits?: EventTraits): LoginEvent {
  return buildEvent("unlock", "success", traits);
}
