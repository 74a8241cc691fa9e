import type { Problem } from "./problem.js";

/** An answer over HTTP, for any framework: send all of it, and add nothing that depends on who asks. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What replies look like and how much they tell. */
export interface ReplyOptions {
  /**
   * Makes an HTML page of a problem, to be sent in place of JSON. It is told the problem and nothing else, so that what is alike stays alike: put no
   * account, time or random value in it. `handle` is the client's own text: escape it.
   */
  readonly page?: (problem: Problem) => string;
  /**
   * Tells a client which rules block it. Off by default: whoever guesses then learns that the password was right and what to avoid. For logins whose
   * users are all known, such as those of an intranet.
   */
  readonly explicit?: boolean;
}
