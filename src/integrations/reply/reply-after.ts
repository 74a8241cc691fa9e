import type { Requirement } from "../../core/model/requirement.js";
import type { Conclusion } from "../../guard/handle.js";
import type { CredentialResult, ProofResult } from "../../guard/result.js";
import { problemReply } from "./problem-reply.js";
import { proofWanted } from "./proof-wanted.js";
import type { Reply, ReplyOptions } from "./reply.js";
import { toldBlock } from "./told-block.js";
import { wrongCredential } from "./wrong-credential.js";

/** How a conclusion is answered. */
export interface ReplyAfterOptions extends ReplyOptions {
  /** What was concluded or proven. */
  readonly result: CredentialResult | ProofResult;
  /** The attempt's own token, for a login that waits for a proof. */
  readonly token?: string | undefined;
}

/**
 * What to answer once the credential or a further proof was checked; `undefined` for letting them in.
 *
 * A right credential that waits for a further proof is told so, with the handle to send back. Everything else is the answer to a wrong password, byte
 * for byte: a wrong one, an unknown account, a right one that the policy blocks, a wrong code, and a right code too many. With `explicit` a right
 * credential that is blocked is told by which rules, with a 403; a wrong one never is.
 *
 * @example
 * const decision = { action: "BLOCK", verdicts: [], overruled: [], shadow: [], degraded: [], policy: { id: "shop", version: "1" } };
 * const blocked = replyAfter({ admitted: false, awaiting: false, decision, detections: [] }, { result: { ok: true } });
 * JSON.stringify(blocked) === JSON.stringify(wrongCredential()); //=> true
 */
export function replyAfter({ admitted, awaiting, decision }: Conclusion, options: ReplyAfterOptions): Reply | undefined {
  if (admitted) return undefined;
  const { result, token, explicit } = options;
  // whoever failed is told nothing, whatever rules had to say of the account
  if (!result.ok) return wrongCredential(options);
  if (awaiting) return proofWanted(wanted(decision.require, result), options, token);
  return explicit && decision.action === "BLOCK" ? problemReply(toldBlock(decision, 403), options) : wrongCredential(options);
}

/** What the policy wants and what the application itself does. */
function wanted(require: readonly Requirement[] = [], result: CredentialResult | ProofResult): readonly Requirement[] {
  const own: readonly Requirement[] = "awaiting" in result && result.awaiting !== undefined ? [result.awaiting] : [];
  const all = [...new Set([...require, ...own])].sort();
  return all.length > 0 ? all : ["mfa"];
}
