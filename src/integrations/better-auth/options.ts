import type { Duration } from "../../core/model/duration.js";
import type { AccountFacts } from "../../guard/attempt.js";
import type { Guard } from "../../guard/create-guard.js";
import type { ClientAddress } from "../client-address/client-address.js";
import type { LoginForm } from "../login/guarded-login.js";
import type { BetterAuthUser } from "./context.js";
import type { BetterAuthErrorClass } from "./error.js";
import type { BetterAuthPath } from "./paths.js";

/** A login as it is asked for, before anything of it is checked. */
export interface BetterAuthLogin {
  /** The endpoint, such as `/sign-in/email`. */
  readonly path: string;
  /** The account claimed, as typed; for a login that was proven elsewhere the user's e-mail address. */
  readonly account: string;
  /** Absent in calls from the server that give none. */
  readonly headers: Headers | undefined;
  /** Absent in calls from the server that give none. */
  readonly request: Request | undefined;
  readonly body: unknown;
}

/** What an application adds to an attempt. */
export type BetterAuthLoginFacts = Omit<LoginForm, "account" | "kind">;

/** How better-auth is guarded. */
export interface PortcullisPluginOptions {
  readonly guard: Guard;
  /** Tells the client's address: `clientAddress` with your proxies stated. */
  readonly address: ClientAddress;
  /**
   * The address of the peer as the socket says, from wherever the server that calls better-auth keeps it: better-auth itself is handed a web `Request`,
   * which has none. Without it there is no peer, as on a Unix socket: then a header is read only if `address` trusts `"unix"`, and otherwise no login has
   * an address.
   */
  readonly peer?: (request: Request | undefined) => string | undefined;
  /** What else is known of an attempt: its tenant, country, network. Called before anything is checked, so it must not look whether the account exists. */
  readonly attempt?: (login: BetterAuthLogin) => BetterAuthLoginFacts | Promise<BetterAuthLoginFacts>;
  /**
   * What the application knows of a user whose credential was right, over what better-auth knows itself: that they are human, whether they are banned, and
   * whether a second factor is set up.
   */
  readonly account?: (user: BetterAuthUser) => AccountFacts | Promise<AccountFacts>;
  /**
   * Whether the request brings a captcha that was solved, checked by you. Where it is given, a CHALLENGE that wants a captcha is answered before the check
   * of the credential, by a 401 `PROOF_WANTED`. Without it nobody is asked for one, and only a second factor can satisfy a CHALLENGE.
   */
  readonly captcha?: (login: BetterAuthLogin) => boolean | Promise<boolean>;
  /** Name of the cookie that makes a device familiar; `portcullis_device` by default, `false` for none. A guard without `secrets` sets none. */
  readonly deviceCookie?: string | false;
  /** For how long a browser keeps it: as long as the guard's own `deviceWithin`, 90 days by default. */
  readonly deviceWithin?: Duration;
  /** Tells a client which rules block it. Off by default: whoever guesses then learns that the password was right and what to avoid. */
  readonly explicit?: boolean;
  /** Paths of further plugins. Whatever makes a session by a path that is not known is judged as a login that was proven elsewhere. */
  readonly paths?: Readonly<Record<string, BetterAuthPath>>;
  /** `APIError` of `better-auth/api`, for applications that call `auth.api` and ask `error instanceof APIError`. better-auth itself needs it not. */
  readonly APIError?: BetterAuthErrorClass;
}
