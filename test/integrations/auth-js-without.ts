const noSecondStep = "`authorize` lets in or does not; a code is asked for in the same form, or by the application once there is a session";

/** The rows of the matrix that Auth.js cannot show, and why. */
export const authJsWithout: Readonly<Record<string, string>> = {
  "MFA pending: no success, and earlier failures stand": noSecondStep,
  "MFA failed: byte-identical to a bad password, counted, and the login still waits": noSecondStep,
  "MFA guessed: past the limit a right code is refused like a wrong one": noSecondStep,
  "MFA passed: let in, with both cookies, and earlier failures are forgiven": noSecondStep,
  "a forged handle: byte-identical to a bad password": noSecondStep,
  "the path that is proven already (magic link, OAuth): judged in one call, blocked like a bad password":
    "such sign-ins reach `callbacks.signIn` only, which has no request: call `guard.judge` there",
};
