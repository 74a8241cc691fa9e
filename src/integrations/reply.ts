import type { Problem } from "./problem.js";

/** An answer over HTTP, for any framework: send all of it, and nothing of your own beside. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How replies look. */
export interface ReplyOptions {
  /**
   * Makes a page of a problem; then replies are `text/html` rather than JSON. It is told the problem and nothing else, so that what is alike stays alike: put
   * no account, time or random number in it.
   */
  readonly page?: (problem: Problem) => string;
}

/**
 * A problem as a reply that nobody may keep.
 *
 * @example
 * const reply = problemReply({ type: "about:blank", title: "Unauthorized", status: 401, detail: "No." }, { page: ({ detail }) => `<p>${detail}` });
 * reply.body; //=> "<p>No."
 * reply.headers["Content-Type"]; //=> "text/html; charset=utf-8"
 */
export function problemReply(problem: Problem, { page }: ReplyOptions = {}, headers: Reply["headers"] = {}): Reply {
  return {
    status: problem.status,
    headers: {
      "Content-Type": page === undefined ? "application/problem+json" : "text/html; charset=utf-8",
      "Cache-Control": "no-store",
      ...headers,
    },
    body: page === undefined ? JSON.stringify(problem) : page(problem),
  };
}
