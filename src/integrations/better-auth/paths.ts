import { publicMessage } from "../../core/verbs/public-message.js";
import type { BetterAuthRequest } from "./context.js";
import type { BetterAuthErrorAnswer } from "./error.js";

/** What an endpoint of better-auth answers where it lets nobody in; a login that is refused gets the very same. */
export type RefusalAnswer = BetterAuthErrorAnswer | ((request: BetterAuthRequest) => BetterAuthErrorAnswer);

/** A path that takes a name and something to guess, and answers whether that is right: judged before and after. */
export interface CredentialPath {
  readonly is: "credential-check";
  /** The field of the body that holds the account. */
  readonly account: string;
  /** The field that holds what is checked. */
  readonly credential: string;
  /** RFC 8176 `amr` values of a right one. */
  readonly factors: readonly string[];
  /** The answer to a wrong one. */
  readonly refusal: RefusalAnswer;
}

/** A path by which somebody comes who was proven elsewhere, by a link, a passkey or an account with others: judged when the session is about to be made. */
export interface ProvenPath {
  readonly is: "proven-elsewhere";
  readonly factors?: readonly string[];
  readonly refusal?: RefusalAnswer;
}

/** A path that takes the second factor of a login that waits for one. */
export interface FactorPath {
  readonly is: "factor-check";
  readonly factors: readonly string[];
  readonly refusal: BetterAuthErrorAnswer;
}

/** A path by which somebody logs in. */
export type LoginPath = CredentialPath | ProvenPath;

/** What a path of better-auth has to do with logins; `no-login` for one that makes sessions, but by which nobody logs in. */
export type BetterAuthPath = LoginPath | FactorPath | { readonly is: "no-login" };

const wrongCode: BetterAuthErrorAnswer = { status: "BAD_REQUEST", body: { message: "Invalid OTP", code: "INVALID_OTP" } };
const noLogin = { is: "no-login" } as const;

/** What is answered where a path has no answer of its own for somebody who may not in. */
const refused: BetterAuthErrorAnswer = { status: "UNAUTHORIZED", body: { message: publicMessage() as string, code: "SIGN_IN_REFUSED" } };

/** Whatever makes a session and is not known: better judged as a login than let past. */
export const unknownPath: ProvenPath = { is: "proven-elsewhere" };

/** What is answered by a path to whoever is not let in. */
export function refusalOf({ refusal = refused }: LoginPath | FactorPath): RefusalAnswer {
  return refusal;
}

/** The paths of better-auth 1.7 and its own plugins. */
export const betterAuthPaths: Readonly<Record<string, BetterAuthPath>> = {
  "/sign-in/email": byPassword("email", "Invalid email or password", "INVALID_EMAIL_OR_PASSWORD"),
  "/sign-in/username": byPassword("username", "Invalid username or password", "INVALID_USERNAME_OR_PASSWORD"),
  "/sign-in/phone-number": byPassword("phoneNumber", "Invalid phone number or password", "INVALID_PHONE_NUMBER_OR_PASSWORD"),
  "/sign-in/email-otp": { is: "credential-check", account: "email", credential: "otp", factors: ["otp"], refusal: wrongCode },
  "/email-otp/verify-email": { is: "credential-check", account: "email", credential: "otp", factors: ["otp"], refusal: wrongCode },
  "/phone-number/verify": { is: "credential-check", account: "phoneNumber", credential: "code", factors: ["sms"], refusal: wrongCode },

  "/two-factor/verify-totp": byCode("Invalid code", "INVALID_CODE"),
  "/two-factor/verify-otp": byCode("Invalid code", "INVALID_CODE"),
  "/two-factor/verify-backup-code": byCode("Invalid backup code", "INVALID_BACKUP_CODE"),

  "/magic-link/verify": { is: "proven-elsewhere", refusal: invalidLink },
  "/device/token": {
    is: "proven-elsewhere",
    refusal: { status: "BAD_REQUEST", body: { error: "access_denied", error_description: publicMessage() as string } },
  },

  "/sign-up/email": noLogin,
  "/sign-in/anonymous": noLogin,
  "/change-password": noLogin,
  "/two-factor/enable": noLogin,
  "/two-factor/disable": noLogin,
  "/admin/impersonate-user": noLogin,
};

/** The paths on which better-auth's two-factor plugin holds a login back. On the others it asks for nothing. */
export const heldPaths: ReadonlySet<string> = new Set(["/sign-in/email", "/sign-in/username", "/sign-in/phone-number"]);

function byPassword(account: string, message: string, code: string): BetterAuthPath {
  const refusal = { status: "UNAUTHORIZED", body: { message, code } } as const;
  return { is: "credential-check", account, credential: "password", factors: ["pwd"], refusal };
}

function byCode(message: string, code: string): BetterAuthPath {
  return { is: "factor-check", factors: ["otp"], refusal: { status: "UNAUTHORIZED", body: { message, code } } };
}

/** As for a link that is worn out: a browser follows it, so JSON would be a page. */
function invalidLink({ query, context: { baseURL } }: BetterAuthRequest): BetterAuthErrorAnswer {
  const { callbackURL, errorCallbackURL } = (query ?? {}) as { readonly callbackURL?: string; readonly errorCallbackURL?: string };
  const location = new URL(errorCallbackURL || new URL(callbackURL || "/", baseURL), baseURL);
  location.searchParams.set("error", "INVALID_TOKEN");
  return { status: "FOUND", headers: { location: location.toString() } };
}
