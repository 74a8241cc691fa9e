import { publicMessage } from "../../core/verbs/public-message.js";
import { problemReply } from "./problem-reply.js";
import type { Reply, ReplyOptions } from "./reply.js";

/**
 * The one answer to a wrong password, an unknown account, and all that must look like them. Send it for your own wrong passwords too.
 *
 * It has no `WWW-Authenticate`: a login form is none of the schemes of HTTP, and browsers answer those with a dialogue of their own.
 *
 * @example
 * const { status, body } = wrongCredential();
 * status; //=> 401
 * JSON.parse(body).detail; //=> "Signing in did not work. Check your details, or try again later."
 */
export function wrongCredential(options: ReplyOptions = {}): Reply {
  return problemReply({ type: "about:blank", title: "Unauthorized", status: 401, detail: publicMessage() as string }, options);
}
