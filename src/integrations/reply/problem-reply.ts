import type { Problem } from "./problem.js";
import type { Reply, ReplyOptions } from "./reply.js";

/**
 * A problem as a reply that no cache may keep.
 *
 * @example
 * const problem = { type: "about:blank", title: "Unauthorized", status: 401, detail: "No." };
 * problemReply(problem).headers["Content-Type"]; //=> "application/problem+json"
 * problemReply(problem, { page: ({ detail }) => `<p>${detail}` }).body; //=> "<p>No."
 */
export function problemReply(problem: Problem, { page }: ReplyOptions = {}, headers: Reply["headers"] = {}): Reply {
  const type = page === undefined ? "application/problem+json" : "text/html; charset=utf-8";
  return {
    status: problem.status,
    headers: { "Content-Type": type, "Cache-Control": "no-store", ...headers },
    body: page === undefined ? JSON.stringify(problem) : page(problem),
  };
}
