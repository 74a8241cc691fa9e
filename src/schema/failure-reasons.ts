import type { FailureReason } from "../core/model/login-event.js";

/** Every reason for a failure, as input may say it. */
export const failureReasons = [
  "wrong-password",
  "unknown-account",
  "account-exists",
  "disabled",
  "locked",
  "expired",
  "mfa-failed",
  "mfa-denied",
  "mfa-timeout",
  "refused",
  "error",
] as const satisfies readonly FailureReason[];
