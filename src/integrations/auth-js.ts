/**
 * Auth.js: the `authorize` of a Credentials provider.
 *
 * @packageDocumentation
 */

import type { CredentialResult } from "../guard/result.js";
import type { Hop } from "./client-address/client-address.js";
import { type GuardedLoginOptions, guardedLogin, type LoginForm } from "./login/guarded-login.js";
import { receiveLogin } from "./login/receive-login.js";

export { type ClientAddress, type ClientAddressOptions, clientAddress, type Hop } from "./client-address/client-address.js";
export type { LoginForm } from "./login/guarded-login.js";

/** What the provider is handed: nothing is checked yet. */
export type AuthJsCredentials = Partial<Record<string, unknown>>;

/** What is used of a request. */
export interface AuthJsRequest {
  readonly headers: { get(name: string): string | null };
}

/** How a credential check ended. A login that Auth.js is to admit needs all its factors at once; it has no second step. */
export type CheckedCredential<User> =
  | (Omit<Extract<CredentialResult, { readonly ok: true }>, "awaiting"> & { readonly user: User })
  | Extract<CredentialResult, { readonly ok: false }>;

/** How `authorize` is guarded. There is nothing to reply with: whoever is not let in gets Auth.js's own answer to a wrong password. */
export interface AuthJsOptions<User, Request extends AuthJsRequest> extends Omit<GuardedLoginOptions, "explicit" | "page"> {
  /**
   * Tells the address of the peer where your host knows it. Auth.js does not: without this it is as for a Unix socket, so that `address` needs `"unix"` among
   * its trusted peers, which says that nobody but your proxy reaches this process.
   */
  readonly peer?: (request: Request) => string | undefined;
  /** Reads the form; `client` is the address that it came from. `undefined`, or an account that is no text, for a malformed one: nothing is counted. */
  readonly attempt: (
    credentials: AuthJsCredentials,
    request: Request,
    client: string | undefined,
  ) => LoginForm | undefined | Promise<LoginForm | undefined>;
  /** Checks the credential. Not called where the guard blocks. What it throws is passed on, and the attempt stays a failure. */
  readonly check: (credentials: AuthJsCredentials, request: Request) => Promise<CheckedCredential<User>>;
  /** Is handed the `Set-Cookie` value that makes the device familiar: `authorize` itself cannot set a cookie. */
  readonly rememberDevice?: (setCookie: string, request: Request) => void;
}

/**
 * Makes an `authorize` that gives the user or `null`, whatever the reason: a custom error code ends up in the address of the page, and a refusal by
 * `callbacks.signIn` is another page, and both tell that the password was right.
 *
 * @throws RangeError or TypeError for options that are not what they should be.
 */
export function guardAuthorize<User, Request extends AuthJsRequest = globalThis.Request>(
  options: AuthJsOptions<User, Request>,
): (credentials: AuthJsCredentials, request: Request) => Promise<User | null> {
  const { guard, address, peer, check, rememberDevice } = options;
  const login = guardedLogin(options);
  return async (credentials, request) => {
    const hop: Hop = { peer: peer?.(request), header: (name) => request.headers.get(name) ?? undefined };
    const attempt = (client: string | undefined) => options.attempt(credentials, request, client);
    const begun = await receiveLogin(login, { guard, address, attempt: (_, client) => attempt(client) }, request, hop);
    if (begun.attempt === undefined) return null;
    const result = await check(credentials, request);
    const { admitted, setCookie } = await begun.attempt.conclude(result);
    if (!admitted || !result.ok) return null;
    if (setCookie !== undefined) rememberDevice?.(setCookie, request);
    return result.user;
  };
}
