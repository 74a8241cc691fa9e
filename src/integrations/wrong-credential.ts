import { publicMessage } from "../core/verbs/public-message.js";
import { problemReply, type Reply, type ReplyOptions } from "./reply.js";

/**
 * The one answer to a wrong password, an unknown account, and whatever must look like them.
 *
 * It has no `WWW-Authenticate`: a login form is no HTTP authentication scheme, and browsers answer one with a dialogue of their own.
 *
 * @example
 * wrongCredential().status; //=> 401
 * JSON.parse(wrongCredential().body).detail; //=> "Signing in did not work. Check your details, or try again later."
 */
export function wrongCredential({ page }: ReplyOptions = {}): Reply {
  const problem = { type: "about:blank", title: "Unauthorized", status: 401, detail: publicMessage() as string } as const;
  return problemReply(problem, page === undefined ? {} : { page });
}
