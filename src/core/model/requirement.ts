import type { LoginEvent } from "./login-event.js";
import { isMultiFactor } from "./multi-factor.js";

/** A further proof that a CHALLENGE asks for. */
export type Requirement = "mfa" | "captcha";

/**
 * Whether an attempt brought the proof that a CHALLENGE asks for: the application says so in `proofs`, or the login was proven by more than
 * one factor, which is worth more than any captcha.
 *
 * @example
 * const event = { id: "1", at: 0, kind: "login", outcome: "success", account: { id: "ann" }, source: {}, factors: ["pwd", "otp"] };
 * isSatisfied("captcha", event); //=> true
 */
export function isSatisfied(required: Requirement, { proofs, factors, outcome }: LoginEvent): boolean {
  if (proofs?.includes(required)) return true;
  return outcome === "success" && factors !== undefined && isMultiFactor(factors);
}
