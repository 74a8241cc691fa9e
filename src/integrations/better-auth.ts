import { betterAuthAdmission } from "./better-auth/admission.js";
import { answerBefore } from "./better-auth/answer.js";
import { betterAuthAttempts } from "./better-auth/attempt.js";
import {
  type BetterAuthContext,
  type BetterAuthHook,
  type BetterAuthRequest,
  type BetterAuthSession,
  standing,
} from "./better-auth/context.js";
import { errorMaker } from "./better-auth/error.js";
import type { PortcullisPluginOptions } from "./better-auth/options.js";
import { betterAuthOutcome } from "./better-auth/outcome.js";
import { type BetterAuthPath, betterAuthPaths, unknownPath } from "./better-auth/paths.js";
import { assertPluginOrder } from "./better-auth/second-factor.js";

export type { BetterAuthUser } from "./better-auth/context.js";
export type { BetterAuthErrorAnswer, BetterAuthErrorClass } from "./better-auth/error.js";
export type { BetterAuthLogin, BetterAuthLoginFacts, PortcullisPluginOptions } from "./better-auth/options.js";
export type { BetterAuthPath } from "./better-auth/paths.js";
export { type ClientAddress, type ClientAddressOptions, clientAddress, type Hop } from "./client-address/client-address.js";

/** A plugin of better-auth. */
export interface PortcullisPlugin {
  readonly id: "portcullis";
  readonly init: (context: BetterAuthContext) => Promise<{ options: { databaseHooks: BetterAuthDatabaseHooks } }>;
  readonly hooks: { readonly before: BetterAuthHook[]; readonly after: BetterAuthHook[] };
}

/** Hooks on what better-auth writes. */
export interface BetterAuthDatabaseHooks {
  readonly session: {
    readonly create: { readonly before: (session: BetterAuthSession, request?: BetterAuthRequest | null) => Promise<void> };
  };
}

/**
 * Guards the logins of better-auth 1.7: counted before the credential is looked at, judged when a session is about to be made, and remembered as they end. A login
 * that is refused is answered byte for byte like a wrong password.
 *
 * Put it behind `twoFactor()`, and before `admin()`, whose own answer to a banned user tells that the password was right, and `nextCookies()`, which hands its cookie
 * on. better-auth calls `init` with the first request, or by `await auth.$context`: it rejects with a TypeError when `twoFactor()` comes later, or when there is one
 * and the guard has no secrets.
 *
 * @throws RangeError for a `deviceCookie` that is no name; RangeError or TypeError for a `deviceWithin` that is no duration.
 * @example
 * const plugin = portcullisPlugin({ guard: createGuard(), address: clientAddress({ trusted: [] }), peer: () => "192.0.2.7" });
 * plugin.id; //=> "portcullis"
 */
export function portcullisPlugin(options: PortcullisPluginOptions): PortcullisPlugin {
  const attempts = betterAuthAttempts(options);
  const admission = betterAuthAdmission(options, attempts);
  const outcome = betterAuthOutcome(options, attempts);
  const paths = new Map<string | undefined, BetterAuthPath>(Object.entries({ ...betterAuthPaths, ...options.paths }));
  const { explicit = false, captcha } = options;
  const error = errorMaker(options.APIError);
  const id = "portcullis";

  return {
    id,
    async init(context) {
      await assertPluginOrder(context, options.guard, id);
      return { options: { databaseHooks: { session: { create: { before } } } } };
    },
    hooks: {
      before: [{ matcher: ({ path }) => paths.get(path)?.is === "credential-check", handler: beforeCheck }],
      after: [{ matcher: ({ path }) => paths.get(path)?.is !== "no-login", handler: afterEndpoint }],
    },
  };

  async function beforeCheck(input: unknown) {
    const request = asRequest(input);
    const path = paths.get(request.path);
    if (path?.is !== "credential-check") return {};
    const account = fieldOf(request.body, path.account);
    // better-auth answers to a form that lacks something, once its hooks are through: nothing to count
    if (account === undefined || fieldOf(request.body, path.credential) === undefined) return {};
    const begun = await attempts.begin(request, account);
    const { decision } = begun.handle;
    const refusal = answerBefore(decision, { request, refusal: path.refusal, explicit, captcha: captcha !== undefined });
    if (refusal !== undefined) {
      if (decision.action === "CHALLENGE") await begun.handle.cancel();
      throw error(refusal);
    }
    request.context[standing] = begun;
    return {};
  }

  async function before(session: BetterAuthSession, request?: BetterAuthRequest | null) {
    // made outside any endpoint, by the application itself
    if (!request) return;
    const path = paths.get(request.path) ?? unknownPath;
    if (path.is === "no-login") return;
    await (path.is === "factor-check" ? admission.proof(request, path, session) : admission.login(request, path, session));
  }

  async function afterEndpoint(input: unknown) {
    const request = asRequest(input);
    const path = paths.get(request.path) ?? unknownPath;
    if (path.is === "no-login") return {};
    return path.is === "factor-check" ? outcome.proof(request, path) : outcome.login(request, path);
  }
}

/** better-auth types what hooks are called with by what an endpoint takes; what it calls them with is the whole request. */
function asRequest(input: unknown): BetterAuthRequest {
  return input as BetterAuthRequest;
}

function fieldOf(body: unknown, name: string): string | undefined {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value : undefined;
}
