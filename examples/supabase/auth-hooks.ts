import { publicMessage } from "portcullis";
import type { AccountFacts, CredentialResult, Guard } from "portcullis/guard";
import { webhookVerifier } from "./verify-webhook.js";

/** What a hook needs. */
export interface AuthHookOptions {
  readonly guard: Guard;
  /** Of this hook alone: `v1,whsec_...` */
  readonly secrets: readonly string[];
  /** What your tables say of a user: whether `auth.mfa_factors` has a verified factor, whether your own tables have them disabled ... */
  readonly factsOf: (userId: string) => Promise<AccountFacts>;
}

/** Answers the requests of one hook. */
export type AuthHook = (request: Request) => Promise<Response>;

/** What Supabase Auth says of a check that it has just made. */
interface Checked {
  readonly userId: string;
  readonly valid: boolean;
  readonly ip: string | undefined;
  readonly factorType: unknown;
}

type Answer = { readonly decision: "continue" } | { readonly decision: "reject"; readonly message: string };

const goOn: Answer = { decision: "continue" };
const reject = (message: string): Answer => ({ decision: "reject", message });

/** What Supabase Auth itself answers to a wrong password and to a name that nobody has, word for word. */
const invalidCredentials = "Invalid login credentials";

/** For `password-verification`: the password is checked already, and only who exists is asked about. */
export function passwordVerificationHook({ guard, secrets, factsOf }: AuthHookOptions): Promise<AuthHook> {
  return authHook("password-verification", secrets, async ({ userId, valid, ip }) => {
    // asked for right and wrong passwords alike: tables that fail then tell nobody which it was
    const account = await factsOf(userId);
    const hasSecondFactor = account.mfaEnrolled === true;
    const right: CredentialResult = { ok: true, account, ...(hasSecondFactor ? { awaiting: "mfa" } : { factors: ["pwd"] }) };
    const wrong: CredentialResult = { ok: false, failure: "wrong-password", account };
    const { admitted, awaiting } = await guard.judge({ account: userId, source: ip }, valid ? right : wrong);
    // Supabase Auth makes a session of one factor (`aal1`), and asks for the second one inside of it
    return admitted || (awaiting && hasSecondFactor) ? goOn : reject(invalidCredentials);
  });
}

/** For `mfa-verification`: codes are counted by account, whatever session or address they come from. */
export function mfaVerificationHook({ guard, secrets, factsOf }: AuthHookOptions): Promise<AuthHook> {
  return authHook("mfa-verification", secrets, async ({ userId, valid, ip, factorType }) => {
    const account = await factsOf(userId);
    const attempt = await guard.begin({ account: userId, source: ip });
    // the first factor made the session in which the code was sent
    const first = await attempt.conclude({ ok: true, account, awaiting: "mfa" });
    if (!first.awaiting) return reject(publicMessage() as string);
    const factors = ["mfa", factorType === "phone" ? "sms" : "otp"];
    const { admitted, awaiting } = await attempt.proof(valid ? { ok: true, factors, account } : { ok: false, failure: "mfa-failed" });
    // a wrong code is for Supabase Auth to refuse: a rejection here signs the user out everywhere
    return admitted || (awaiting && !valid) ? goOn : reject(publicMessage() as string);
  });
}

async function authHook(name: string, secrets: readonly string[], decide: (checked: Checked) => Promise<Answer>): Promise<AuthHook> {
  const verify = await webhookVerifier(secrets);
  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const text = await verify(request);
    if (text === undefined) return new Response(null, { status: 401 });
    const checked = readChecked(name, text);
    return checked === undefined ? new Response(null, { status: 400 }) : Response.json(await decide(checked));
  };
}

/** `undefined` for what is none: a `valid` that is no boolean must not pass for a right password. */
function readChecked(name: string, text: string): Checked | undefined {
  try {
    const { user_id: userId, valid, factor_type: factorType, metadata } = JSON.parse(text);
    if (typeof userId !== "string" || !/^[\da-f-]{36}$/.test(userId) || typeof valid !== "boolean") return undefined;
    // older versions of Supabase Auth send no metadata
    if (metadata?.name !== undefined && metadata.name !== name) return undefined;
    const ip = typeof metadata?.ip_address === "string" ? metadata.ip_address : undefined;
    return { userId, valid, ip, factorType };
  } catch {
    return undefined;
  }
}
