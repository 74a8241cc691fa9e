import type { Decision } from "../../core/model/decision.js";
import { publicMessage } from "../../core/verbs/public-message.js";
import { replyBefore } from "../reply/reply-before.js";
import { toldBlock } from "../reply/told-block.js";
import type { BetterAuthRequest } from "./context.js";
import type { BetterAuthErrorAnswer } from "./error.js";
import type { RefusalAnswer } from "./paths.js";

/** How a decision is answered in better-auth's own manner. */
export interface AnswerOptions {
  readonly request: BetterAuthRequest;
  /** What the path answers to a wrong credential. */
  readonly refusal: RefusalAnswer;
  readonly explicit: boolean;
}

/**
 * What to answer before the credential check; `undefined` for going on with it. As `replyBefore`, but that a CHALLENGE is answered only where a captcha can be
 * brought: a second factor comes after the password.
 */
export function answerBefore(
  decision: Decision,
  options: AnswerOptions & { readonly captcha: boolean },
): BetterAuthErrorAnswer | undefined {
  const { action, retryAt, require = [] } = decision;
  if (action === "CHALLENGE" && options.captcha && require.includes("captcha")) {
    return { status: "UNAUTHORIZED", body: { message: publicMessage(decision) as string, code: "PROOF_WANTED", require: [...require] } };
  }
  if (action !== "BLOCK") return undefined;
  if (retryAt === undefined) return answerAfter(decision, options);
  const headers = { "Retry-After": replyBefore(decision)?.headers["Retry-After"] as string };
  const body = options.explicit ? told(decision, 429) : { message: publicMessage(decision) as string, code: "TOO_MANY_ATTEMPTS" };
  return { status: "TOO_MANY_REQUESTS", body, headers };
}

/** What to answer to a right credential that is not let in: what a wrong one gets, unless the application chose to tell. */
export function answerAfter(decision: Decision, { request, refusal, explicit }: AnswerOptions): BetterAuthErrorAnswer {
  if (explicit && decision.action === "BLOCK") return { status: "FORBIDDEN", body: told(decision, 403) };
  return typeof refusal === "function" ? refusal(request) : refusal;
}

function told(decision: Decision, status: number): NonNullable<BetterAuthErrorAnswer["body"]> {
  const { detail, rules = [] } = toldBlock(decision, status);
  return { message: detail, code: "BLOCKED", rules: [...rules] };
}
