import type { CredentialResult } from "../../guard/result.js";
import { answerAfter } from "./answer.js";
import type { BetterAuthAttempts } from "./attempt.js";
import { type BetterAuthContext, type BetterAuthHookAnswer, type BetterAuthRequest, type BetterAuthSession, standing } from "./context.js";
import { errorCode, errorMaker } from "./error.js";
import { dropAttempt, keepAttempt, resumeAttempt } from "./kept-attempt.js";
import type { PortcullisPluginOptions } from "./options.js";
import { type FactorPath, type LoginPath, refusalOf } from "./paths.js";

/** Hears how an endpoint ended. */
export interface BetterAuthOutcome {
  login(request: BetterAuthRequest, path: LoginPath): Promise<BetterAuthHookAnswer>;
  proof(request: BetterAuthRequest, path: FactorPath): Promise<BetterAuthHookAnswer>;
}

/** Codes of answers that are given before any credential is looked at: a form that is malformed, or that another site sent. */
const unchecked: ReadonlySet<string | undefined> = new Set([
  "VALIDATION_ERROR",
  "INVALID_EMAIL",
  "INVALID_USERNAME",
  "USERNAME_TOO_SHORT",
  "USERNAME_TOO_LONG",
  "INVALID_PHONE_NUMBER",
  "PASSWORD_TOO_LONG",
  "EMAIL_PASSWORD_DISABLED",
  "INVALID_ORIGIN",
  "MISSING_OR_NULL_ORIGIN",
  "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED",
]);

/** Codes of answers to accounts that may not be used, whatever the credential. */
const unusable: ReadonlySet<string | undefined> = new Set(["EMAIL_NOT_VERIFIED", "PHONE_NUMBER_NOT_VERIFIED", "BANNED_USER"]);

/** Concludes what no session was made for, and tells the device of a login that was let in. */
export function betterAuthOutcome(
  { guard, APIError, explicit = false }: PortcullisPluginOptions,
  attempts: BetterAuthAttempts,
): BetterAuthOutcome {
  const error = errorMaker(APIError);
  return {
    async login(request, path) {
      const { context } = request;
      const stands = context[standing];
      if (stands === undefined) return {};
      const { handle, tenant, conclusion } = stands;
      if (conclusion === undefined) {
        const failed = await failureOf(request, path);
        if (failed === undefined) await handle.cancel();
        else await handle.conclude(failed);
        return {};
      }
      if (conclusion.awaiting && context.newSession) {
        await takeBack(context, context.newSession.session);
        throw error(answerAfter(conclusion.decision, { request, refusal: refusalOf(path), explicit }));
      }
      if (conclusion.awaiting) await keepAttempt(request, handle, tenant);
      return conclusion.admitted && context.newSession ? attempts.remember(request, handle) : {};
    },
    async proof(request, { refusal }) {
      const { context } = request;
      const stands = context[standing];
      if (stands !== undefined) {
        if (!stands.conclusion?.admitted || !context.newSession) return {};
        await dropAttempt(request);
        return attempts.remember(request, stands.handle);
      }
      const answered = errorCode(context.returned);
      if (context.session || answered === undefined || answered.code !== refusal.body?.code) return {};
      await (await resumeAttempt(request, guard))?.proof({ ok: false, failure: "mfa-failed" });
      return {};
    },
  };
}

/** Takes a session back that nobody held although its login still waits, as where somebody turned their second factor on at this very moment. */
async function takeBack(context: BetterAuthContext, { token }: BetterAuthSession): Promise<void> {
  await context.internalAdapter.deleteSession(token);
  context.setNewSession(null);
  context.responseHeaders?.delete("set-cookie");
}

/** How the check of a credential failed; `undefined` where there was none. */
async function failureOf({ context, body }: BetterAuthRequest, path: LoginPath): Promise<CredentialResult | undefined> {
  const error = errorCode(context.returned);
  if (error === undefined || unchecked.has(error.code)) return undefined;
  if (error.statusCode >= 500) return { ok: false, failure: "error" };
  if (unusable.has(error.code)) return { ok: false, failure: "disabled" };
  const email = path.is === "credential-check" && path.account === "email" ? (body as { readonly email: string }).email : undefined;
  // asked for every wrong password alike, so that its time tells nothing
  const isUnknown = email !== undefined && (await context.internalAdapter.findUserByEmail(email)) === null;
  return { ok: false, failure: isUnknown ? "unknown-account" : "wrong-password" };
}
