import type { Decision } from "../core/model/decision.js";
import type { Detection } from "../core/model/detection.js";
import type { CredentialResult, ProofResult } from "./result.js";

/** What the guard says once a result is known. */
export interface Conclusion {
  /**
   * Whether to let them in. False whenever the credential or proof was wrong, the policy blocks, or a further proof is wanted; so one question is
   * enough, and what to answer is in `decision`.
   */
  readonly admitted: boolean;
  /** Whether a further proof is wanted: ask for it and call `proof`. */
  readonly awaiting: boolean;
  readonly decision: Decision;
  /** Attacks that this result brought to light. */
  readonly detections: readonly Detection[];
}

/** An attempt that waits for a further factor. */
export interface ProofHandle {
  /** The attempt's id, for logs. */
  readonly id: string;
  /** The account claimed, as typed. */
  readonly account: string;
  /**
   * Says how the check of a further factor ended. Counts before it judges, so that parallel guesses of a code admit no more than the limit; past it a
   * right code is refused like a wrong one.
   *
   * @throws TypeError when the attempt does not wait for a proof.
   */
  proof(result: ProofResult): Promise<Conclusion>;
  /**
   * The attempt as a signed text, for a cookie or hidden field: `guard.resume` takes it up, in this process or another. Holds the account as typed and
   * the source; no facts about the account.
   *
   * @throws TypeError when the guard has no secrets.
   */
  token(): Promise<string>;
  /**
   * A device cookie for the account, to be set once it is admitted: the same device is familiar from then on. `existing` is the cookie that the client
   * sent; devices shared by several accounts keep those of the others.
   *
   * @throws TypeError before the attempt is admitted, or when the guard has no secrets.
   */
  deviceToken(existing?: string): Promise<string>;
}

/** An attempt that was begun. */
export interface Handle extends ProofHandle {
  /** When it was begun, by the store's time where that answered: epoch milliseconds. `decision.retryAt` is of the same clock. */
  readonly at: number;
  /** What the policy says before the credential is looked at. BLOCK: do not look at it, and answer as for a wrong one. */
  readonly decision: Decision;
  /**
   * Says how the credential check ended. Written once: called again it gives the same answer. After a BLOCK it says BLOCK whatever the result.
   *
   * @throws TypeError for a result that is none.
   */
  conclude(result: CredentialResult): Promise<Conclusion>;
  /** Takes the attempt back: no credential was looked at, as with a form that was incomplete or a captcha still to be solved. */
  cancel(): Promise<void>;
}
