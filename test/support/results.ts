import type { CredentialResult, ProofResult } from "../../src/guard/result.js";

/** The right password of an ordinary person who has a second factor. */
export const right: CredentialResult = { ok: true, account: { status: "active", type: "human", mfaEnrolled: true } };
/** The right password, and the application itself wants a second factor. */
export const rightSoFar: CredentialResult = { ...right, factors: ["pwd"], awaiting: "mfa" };
export const wrong: CredentialResult = { ok: false, failure: "wrong-password" };
/** The right password of an account that may not be used: the policy refuses it. */
export const disabled: CredentialResult = { ok: true, account: { status: "disabled", type: "human", mfaEnrolled: true } };

/** The right code. */
export const code: ProofResult = { ok: true, factors: ["otp"] };
export const wrongCode: ProofResult = { ok: false, failure: "mfa-failed" };
