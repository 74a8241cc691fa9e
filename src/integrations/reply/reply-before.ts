import type { Decision } from "../../core/model/decision.js";
import { publicMessage } from "../../core/verbs/public-message.js";
import { problemReply } from "./problem-reply.js";
import { proofWanted } from "./proof-wanted.js";
import type { Reply, ReplyOptions } from "./reply.js";
import { toldBlock } from "./told-block.js";
import { wrongCredential } from "./wrong-credential.js";

/** How a decision is answered before the credential check. */
export interface ReplyBeforeOptions extends ReplyOptions {
  /** Epoch milliseconds, for `Retry-After`; the time of this process by default. */
  readonly now?: number;
}

/** Seconds. Coarse, so that the exact time at which somebody else failed cannot be read off. */
const step = 30;

/**
 * What to answer before the credential check; `undefined` for going on with it.
 *
 * A BLOCK that lifts is a 429 with `Retry-After` in whole steps of 30 seconds. One that stays is the answer to a wrong password, and so an address on a list
 * does not learn that it is on one. A CHALLENGE is a 401 that says which proof is wanted. None of them depends on whether the account exists, because
 * nothing before the check does.
 *
 * @example
 * const verdicts = [{ rule: "failed-attempts", action: "BLOCK", facts: { failures: 10, limit: 10 }, until: 100_000 }];
 * const decision = { action: "BLOCK", verdicts, overruled: [], shadow: [], degraded: [], retryAt: 100_000, policy: { id: "shop", version: "1" } };
 * const reply = replyBefore(decision, { now: 0 });
 * reply.status; //=> 429
 * reply.headers["Retry-After"]; //=> "120"
 */
export function replyBefore(decision: Decision, options: ReplyBeforeOptions = {}): Reply | undefined {
  const { action, retryAt, require } = decision;
  if (action === "CHALLENGE") return proofWanted(require ?? ["captcha"], options);
  if (action !== "BLOCK") return undefined;
  if (retryAt === undefined) return options.explicit ? problemReply(toldBlock(decision, 403), options) : wrongCredential(options);
  const { now = Date.now() } = options;
  const headers = { "Retry-After": `${Math.max(1, Math.ceil((retryAt - now) / 1_000 / step)) * step}` };
  if (options.explicit) return problemReply(toldBlock(decision, 429), options, headers);
  return problemReply(
    { type: "about:blank", title: "Too Many Requests", status: 429, detail: publicMessage(decision) as string },
    options,
    headers,
  );
}
