import type { Requirement } from "../../core/model/requirement.js";

/**
 * What a refused client is told. Never the account, and never the facts behind a decision.
 *
 * @see RFC 9457 (Problem Details for HTTP APIs)
 */
export interface Problem {
  /** `about:blank` where the status says it all. The others are names, and lead nowhere. */
  readonly type: "about:blank" | "urn:portcullis:proof-wanted" | "urn:portcullis:blocked";
  /** The same for all problems of one type and status. */
  readonly title: string;
  /** The HTTP status. */
  readonly status: number;
  /** For the person at the login form. */
  readonly detail: string;
  /** The proofs that are wanted. A login by more than one factor is worth them all. */
  readonly require?: readonly Requirement[];
  /** The attempt that waits for the proof, to be sent back with it. */
  readonly handle?: string;
  /** The rules that block, where the application chose to tell. */
  readonly rules?: readonly string[];
}
