import type { CredentialResult } from "../../guard/result.js";
import { answerAfter } from "./answer.js";
import type { BetterAuthAttempts } from "./attempt.js";
import { type BetterAuthRequest, type BetterAuthSession, standing } from "./context.js";
import { type BetterAuthErrorAnswer, errorMaker } from "./error.js";
import { resumeAttempt } from "./kept-attempt.js";
import type { PortcullisPluginOptions } from "./options.js";
import { type FactorPath, type LoginPath, refusalOf } from "./paths.js";
import { forgetTrustedDevice, secondFactorOf } from "./second-factor.js";

/** Judges whoever a session is about to be made for. */
export interface BetterAuthAdmission {
  /** By a credential that was right. Throws what is answered to those who are not let in. */
  login(request: BetterAuthRequest, path: LoginPath, session: BetterAuthSession): Promise<void>;
  /** The same by a second factor that was right. */
  proof(request: BetterAuthRequest, path: FactorPath, session: BetterAuthSession): Promise<void>;
}

/** As better-auth answers to a code for a challenge that it does not know. */
const unknownChallenge: BetterAuthErrorAnswer = {
  status: "UNAUTHORIZED",
  body: { message: "Invalid two factor cookie", code: "INVALID_TWO_FACTOR_COOKIE" },
};

/**
 * Judges where a session is about to be made, the last moment at which nothing has gone out: what is answered here is all that is answered. In a hook behind the
 * endpoint a refusal would go out beside a live session.
 */
export function betterAuthAdmission(options: PortcullisPluginOptions, attempts: BetterAuthAttempts): BetterAuthAdmission {
  const { guard, explicit = false } = options;
  const error = errorMaker(options.APIError);
  return {
    async login(request, path, session) {
      const { context } = request;
      const user = await context.internalAdapter.findUserById(session.userId);
      const begun = context[standing] ?? (await attempts.begin(request, user?.email ?? session.userId));
      const [secondFactor, account] = await Promise.all([secondFactorOf(request, session, user), attempts.factsOf(user)]);
      // one factor alone would be judged as all there is; where a second is still to come, or remembered, it is not
      const factors = secondFactor === "none" ? path.factors : undefined;
      const result: CredentialResult = {
        ok: true,
        account,
        ...(factors === undefined ? {} : { factors }),
        ...(secondFactor === "asked" ? { awaiting: "mfa" } : {}),
      };
      const conclusion = begun.conclusion === undefined ? await begun.handle.conclude(result) : begun.conclusion;
      context[standing] = { ...begun, conclusion };
      if (conclusion.admitted) return;
      const { decision, awaiting } = conclusion;
      if (!awaiting || secondFactor === "none") throw error(answerAfter(decision, { request, refusal: refusalOf(path), explicit }));
      // a CHALLENGE wants the factor now
      if (secondFactor === "trusted-device") forgetTrustedDevice(request);
    },
    async proof(request, { factors, refusal }, session) {
      const { context } = request;
      // somebody who is signed in already sets their second factor up
      if (context.session !== null && context.session !== undefined) return;
      const handle = await resumeAttempt(request, guard);
      if (handle === undefined) throw error(unknownChallenge);
      const account = await attempts.factsOf(await context.internalAdapter.findUserById(session.userId));
      const conclusion = await handle.proof({ ok: true, factors: ["pwd", ...factors], account });
      context[standing] = { handle, tenant: undefined, conclusion };
      if (!conclusion.admitted) throw error(answerAfter(conclusion.decision, { request, refusal, explicit }));
    },
  };
}
