import type { Requirement } from "../../core/model/requirement.js";
import { publicMessage } from "../../core/verbs/public-message.js";
import { problemReply } from "./problem-reply.js";
import type { Reply, ReplyOptions } from "./reply.js";

/**
 * The answer to a login that needs a further proof first.
 *
 * @example
 * JSON.parse(proofWanted(["captcha"]).body).require; //=> ["captcha"]
 */
export function proofWanted(require: readonly Requirement[], options: ReplyOptions = {}, handle?: string): Reply {
  const problem = {
    type: "urn:portcullis:proof-wanted",
    title: "Proof Wanted",
    status: 401,
    detail: publicMessage({ action: "CHALLENGE" }) as string,
    require,
  } as const;
  return problemReply(handle === undefined ? problem : { ...problem, handle }, options);
}
