import type { Conclusion, Handle, ProofHandle } from "../../guard/handle.js";

/** A user of better-auth, with the fields that plugins add. */
export interface BetterAuthUser {
  readonly id: string;
  readonly email: string;
  readonly [field: string]: unknown;
}

/** A session that better-auth has made, or is about to. */
export interface BetterAuthSession {
  readonly userId: string;
  readonly token: string;
}

/** A cookie's name and attributes, as better-auth is configured to set them. */
export interface BetterAuthCookie {
  readonly name: string;
  readonly attributes: {
    readonly maxAge?: number | undefined;
    readonly path?: string | undefined;
    readonly domain?: string | undefined;
    readonly secure?: boolean | undefined;
    readonly httpOnly?: boolean | undefined;
    readonly sameSite?: string | undefined;
    readonly partitioned?: boolean | undefined;
  };
}

/** Under which the attempt is kept on better-auth's own context, from one hook of a request to the next. */
export const standing = Symbol("portcullis");

/** Where the attempt of this request stands: begun, or the credential or the code was right and something was concluded of it. */
export type Standing = { readonly tenant: string | undefined } & (
  | { readonly handle: Handle; readonly conclusion: undefined }
  | { readonly handle: ProofHandle; readonly conclusion: Conclusion }
);

/** What is used of better-auth's context, which every hook of one request shares. */
export interface BetterAuthContext {
  /**
   * On the object itself and under a symbol: where a hook of the application hands back a changed request (`return { context: { ...ctx, body } }`), better-auth
   * goes on with a copy of it, which a WeakMap would not know.
   */
  [standing]?: Standing;
  readonly baseURL: string;
  readonly options: { readonly plugins?: readonly { readonly id: string }[] | undefined };
  readonly internalAdapter: {
    findUserById(id: string): Promise<BetterAuthUser | null>;
    findUserByEmail(email: string): Promise<object | null>;
    deleteSession(token: string): Promise<unknown>;
    createVerificationValue(value: { readonly identifier: string; readonly value: string; readonly expiresAt: Date }): Promise<unknown>;
    findVerificationValue(identifier: string): Promise<{ readonly value: string; readonly expiresAt: Date } | null>;
    deleteVerificationByIdentifier(identifier: string): Promise<unknown>;
  };
  createAuthCookie(name: string, attributes?: { readonly maxAge?: number }): BetterAuthCookie;
  setNewSession(session: null): void;
  readonly newSession?: { readonly session: BetterAuthSession; readonly user: unknown } | null;
  /** Who is signed in already, where the endpoint asked. */
  readonly session?: unknown;
  /** In hooks after the endpoint: what it answered. */
  readonly returned?: unknown;
  readonly responseHeaders?: Headers | undefined;
}

/** What is used of the request that a hook is called with. */
export interface BetterAuthRequest {
  /** As the endpoint declares it, `/callback/:id`; absent for endpoints that are called from the server only. */
  readonly path?: string | undefined;
  /** As the client sent it: checked only after the hooks that run before the endpoint. */
  readonly body?: unknown;
  readonly query?: unknown;
  /** A copy of the request's own; the hooks of one request share it. Absent in calls from the server that give none. */
  readonly headers?: Headers | undefined;
  /** Absent in calls from the server that give none. */
  readonly request?: Request | undefined;
  readonly context: BetterAuthContext;
}

/** What hooks hand back. */
export interface BetterAuthHookAnswer {
  /** Set in addition to what is there. */
  readonly headers?: Headers;
  /** Answered in place of what the endpoint answered. */
  readonly response?: unknown;
}

/** A hook on endpoints. */
export interface BetterAuthHook {
  readonly matcher: (request: { readonly path?: string | undefined }) => boolean;
  readonly handler: (request: unknown) => Promise<BetterAuthHookAnswer>;
}
