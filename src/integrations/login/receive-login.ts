import { canonicalAccount } from "../../core/aggregates/canonical-account.js";
import type { Hop } from "../client-address/client-address.js";
import type { GuardedAttempt } from "./guarded-attempt.js";
import type { Begun, GuardedLogin, GuardedLoginOptions, LoginForm } from "./guarded-login.js";

/** What every adapter asks for. */
export interface AdapterOptions<Request> extends GuardedLoginOptions {
  /**
   * Reads the form; `client` is the address that it came from, for enrichment. `undefined` says that the form is malformed, and so does an account that is no
   * text, empty, or longer than 512 characters: then nothing is counted, and the handler finds no attempt.
   *
   * Give the account as you look it up. What your database takes for the same, such as blanks at the end or other accents, would be counted apart.
   */
  readonly attempt: (request: Request, client: string | undefined) => LoginForm | undefined | Promise<LoginForm | undefined>;
}

/**
 * Begins the attempt of a request, or gives the reply to send instead; neither for a malformed form.
 *
 * Rejects with an Error and nothing else: a framework told of `undefined` would go on as if nothing had happened.
 */
export async function receiveLogin<Request>(
  login: GuardedLogin,
  { attempt, address }: AdapterOptions<Request>,
  request: Request,
  hop: Hop,
): Promise<Begun<GuardedAttempt> | { readonly attempt: undefined; readonly reply: undefined }> {
  try {
    const form = await attempt(request, address(hop));
    if (form === undefined || canonicalAccount(form.account) === undefined) return { attempt: undefined, reply: undefined };
    return await login.begin({ ...form, hop });
  } catch (error) {
    throw error instanceof Error ? error : new Error("the login could not be read", { cause: error });
  }
}
