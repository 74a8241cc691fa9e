import type { GuardedAttempt } from "./guarded-attempt.js";

/** Under the request itself, so that nothing is hung on it and it goes when the request goes. */
const attempts = new WeakMap<object, GuardedAttempt | undefined>();

/**
 * The attempt of a request that came past `protectLogin`; `undefined` for a form that said nothing: answer that it is malformed, and look at no credential.
 *
 * @throws TypeError when `protectLogin` did not run for this request: then nobody counts, and no credential must be checked.
 */
export function loginAttempt(request: object): GuardedAttempt | undefined {
  if (!attempts.has(request)) throw new TypeError("expected `protectLogin` to have run for this request");
  return attempts.get(request);
}

/** @throws TypeError for a second attempt in one request: one of them would never be concluded and count as a failure. */
export function keepAttempt(request: object, attempt: GuardedAttempt | undefined): void {
  if (attempts.has(request)) throw new TypeError("expected `protectLogin` to run once for a request");
  attempts.set(request, attempt);
}
