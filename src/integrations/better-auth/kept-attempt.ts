import type { Guard } from "../../guard/create-guard.js";
import type { ProofHandle } from "../../guard/handle.js";
import { InputError } from "../../guard/public.js";
import { requestCookie } from "../login/request-cookie.js";
import type { BetterAuthRequest } from "./context.js";

/** What is kept of an attempt, beside the challenge that better-auth keeps. */
interface Kept {
  readonly token: string;
  readonly tenant?: string;
}

/**
 * Keeps an attempt for the request that brings the code, in better-auth's own table and under the name of its challenge: a cookie of one's own could be left out by
 * whoever wants the code uncounted, and without the challenge's cookie better-auth checks none.
 */
export async function keepAttempt({ context }: BetterAuthRequest, handle: ProofHandle, tenant: string | undefined): Promise<void> {
  const { name } = context.createAuthCookie("two_factor");
  const set = context.responseHeaders?.getSetCookie().find((line) => line.startsWith(`${name}=`));
  const challenge = challengeIn(set?.slice(0, set.indexOf(";")), name);
  const found = challenge === undefined ? null : await context.internalAdapter.findVerificationValue(challenge);
  if (challenge === undefined || found === null) return;
  const kept: Kept = { token: await handle.token(), ...(tenant === undefined ? {} : { tenant }) };
  const { expiresAt } = found;
  await context.internalAdapter.createVerificationValue({ identifier: keptUnder(challenge), value: JSON.stringify(kept), expiresAt });
}

/** Takes up the attempt whose second factor this request brings; `undefined` where none is kept for it. */
export async function resumeAttempt(request: BetterAuthRequest, guard: Guard): Promise<ProofHandle | undefined> {
  const challenge = challengeOf(request);
  const found = challenge === undefined ? null : await request.context.internalAdapter.findVerificationValue(keptUnder(challenge));
  if (found === null) return undefined;
  const { token, ...of } = JSON.parse(found.value) as Kept;
  try {
    return await guard.resume(token, of);
  } catch (error) {
    // signed by a secret that is no more
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Forgets an attempt that is over. */
export async function dropAttempt(request: BetterAuthRequest): Promise<void> {
  const challenge = challengeOf(request);
  if (challenge !== undefined) await request.context.internalAdapter.deleteVerificationByIdentifier(keptUnder(challenge));
}

function keptUnder(challenge: string): string {
  return `portcullis-${challenge}`;
}

function challengeOf({ headers, request, context }: BetterAuthRequest): string | undefined {
  return challengeIn((headers ?? request?.headers)?.get("cookie"), context.createAuthCookie("two_factor").name);
}

/** The name of a challenge, without the signature behind it: better-auth checks that, and until it has, nothing is said of the attempt. */
function challengeIn(cookies: string | null | undefined, name: string): string | undefined {
  const value = requestCookie(cookies, name);
  const end = value?.lastIndexOf(".") ?? -1;
  return end > 0 ? value?.slice(0, end) : undefined;
}
