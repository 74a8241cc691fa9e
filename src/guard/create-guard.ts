import type { Attempt } from "./attempt.js";
import { attemptHandle } from "./attempt-handle.js";
import { readAttemptToken } from "./attempt-token.js";
import { beginAttempt } from "./begin.js";
import { createContext, signerOf } from "./context.js";
import type { GuardOptions } from "./guard-options.js";
import type { Conclusion, Handle, ProofHandle } from "./handle.js";
import { type AccountName, type ExportedGroup, exportOf, forgetAccount } from "./personal-data.js";
import { proofHandle } from "./proof-handle.js";
import type { CredentialResult } from "./result.js";
import { type LockedSubject, type Unlocking, unlockSubject } from "./unlock.js";

/** Stands round a credential check. */
export interface Guard {
  /** Whether it was given `secrets`: then handles and device cookies can be signed. */
  readonly signs: boolean;
  /** Before the check: reserves the attempt and says whether to look at the credential at all. Never rejects for what the store does. */
  begin(attempt: Attempt): Promise<Handle>;
  /** Both in one call, for a host that has a single hook and knows the result already. Counted before it is judged, like the others. */
  judge(attempt: Attempt, result: CredentialResult): Promise<Conclusion>;
  /**
   * Takes up an attempt that waits for a further factor, by its token, in any process with the same secrets and store.
   *
   * @throws InputError `invalid-handle` for a token that is forged, or of another tenant than the one given.
   */
  resume(token: string, of?: { readonly tenant?: string }): Promise<ProofHandle>;
  /** Releases a lock, by an operator or after a verified reset. */
  unlock(subject: LockedSubject, unlocking: Unlocking): Promise<void>;
  /** Removes what is remembered under an account; gives the number of groups. */
  forget(name: AccountName): Promise<number>;
  /** All that is remembered under an account. */
  exportAccount(name: AccountName): Promise<readonly ExportedGroup[]>;
}

/**
 * A guard round a credential check: counts an attempt before the credential is looked at, so that no number of parallel guesses admits more than the
 * limit, and takes it back when it was right.
 *
 * @throws RangeError or TypeError for an option that is not what it should be.
 * @example
 * const guard = createGuard();
 * const attempt = await guard.begin({ account: "ann", source: "192.0.2.7" });
 * attempt.decision.action; //=> "ALLOW"
 * const { admitted } = await attempt.conclude({ ok: true, account: { status: "active", type: "human", mfaEnrolled: true } });
 * admitted; //=> true
 */
export function createGuard(options: GuardOptions = {}): Guard {
  const context = createContext(options);
  const begin: Guard["begin"] = async (attempt) => attemptHandle(context, await beginAttempt(context, attempt));
  return {
    signs: context.signer !== undefined,
    begin,
    async judge(attempt, result) {
      return (await begin(attempt)).conclude(result);
    },
    async resume(token, { tenant } = {}) {
      const waiting = await readAttemptToken(signerOf(context), context.forms, token, tenant);
      return proofHandle(context, waiting.event, { waiting, final: undefined, deviceId: undefined });
    },
    unlock: (subject, unlocking) => unlockSubject(context, subject, unlocking),
    forget: (name) => forgetAccount(context, name),
    exportAccount: (name) => exportOf(context, name),
  };
}
