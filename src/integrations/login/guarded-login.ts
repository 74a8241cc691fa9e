import { canonicalAccount } from "../../core/aggregates/canonical-account.js";
import type { Duration } from "../../core/model/duration.js";
import type { Source } from "../../core/model/login-event.js";
import type { Attempt } from "../../guard/attempt.js";
import { type CredentialResult, type Guard, InputError } from "../../guard/public.js";
import type { ClientAddress, Hop } from "../client-address/client-address.js";
import type { Reply, ReplyOptions } from "../reply/reply.js";
import { replyBefore } from "../reply/reply-before.js";
import { wrongCredential } from "../reply/wrong-credential.js";
import { deviceCookie } from "./device-cookie.js";
import {
  type GuardedAttempt,
  type GuardedConclusion,
  type GuardedProof,
  guardedAttempt,
  guardedProof,
  type Replying,
} from "./guarded-attempt.js";

/** What every adapter is made of. */
export interface GuardedLoginOptions extends ReplyOptions {
  readonly guard: Guard;
  /** Tells the client's address: `clientAddress` with your proxies stated. */
  readonly address: ClientAddress;
  /** Name of the cookie that makes a device familiar; `portcullis_device` by default, `false` for none. */
  readonly deviceCookie?: string | false;
  /** For how long a browser keeps it: as long as the guard's own `deviceWithin`, 90 days by default. */
  readonly deviceWithin?: Duration;
}

/** What a login form says. The address and the device cookie come from the request. */
export interface LoginForm extends Omit<Attempt, "source" | "deviceToken"> {
  /** What an enrichment knows of the client's address, such as its country. */
  readonly source?: Omit<Source, "ip">;
}

/** A login form and the request that it came in. */
export interface LoginFacts extends LoginForm {
  /** `undefined` for a login from server code, without a request: it has no address and no device. */
  readonly hop: Hop | undefined;
}

/** Either goes on, or is answered at once. */
export type Begun<T> = { readonly attempt: T; readonly reply: undefined } | { readonly attempt: undefined; readonly reply: Reply };

/** A guard that speaks HTTP. */
export interface GuardedLogin {
  /**
   * Before the credential check. With a reply: send it and do not look at the credential. An account that cannot be counted, because it is empty or longer
   * than 512 characters, is answered like a wrong password.
   */
  begin(facts: LoginFacts): Promise<Begun<GuardedAttempt>>;
  /** In one call, where the credential is known to be right or wrong already: a magic link, a federated login. */
  judge(facts: LoginFacts, result: CredentialResult): Promise<GuardedConclusion>;
  /**
   * Takes up the attempt that a `handle` names, sent back with a further proof. A handle that is forged or another tenant's is answered like a wrong password.
   *
   * @throws TypeError when the guard has no secrets.
   */
  resume(handle: unknown, facts: { readonly hop: Hop | undefined; readonly tenant?: string }): Promise<Begun<GuardedProof>>;
}

/**
 * A guard that speaks HTTP: what every adapter shares, and what to use where there is none for your framework.
 *
 * @throws RangeError for a `deviceCookie` that is no name; RangeError or TypeError for a `deviceWithin` that is no duration.
 * @example
 * const login = guardedLogin({ guard: createGuard(), address: clientAddress({ trusted: [] }) });
 * const hop = { peer: "192.0.2.7", header: () => undefined };
 * const { attempt } = await login.begin({ hop, account: "ann" });
 * const { admitted, reply } = await attempt.conclude({ ok: false, failure: "wrong-password" });
 * admitted; //=> false
 * reply.status; //=> 401
 */
export function guardedLogin(options: GuardedLoginOptions): GuardedLogin {
  const { guard, address, deviceCookie: name = "portcullis_device", deviceWithin = { days: 90 } } = options;
  const cookie = name === false ? undefined : deviceCookie(name, deviceWithin);
  const replying = (hop: Hop | undefined): Replying => ({ replies: options, cookie, hop });
  const begin = ({ hop, source, ...form }: LoginFacts) => {
    const { ip: _, ...known }: Source = source ?? {};
    const ip = hop === undefined ? undefined : address(hop);
    const deviceToken = hop === undefined ? undefined : cookie?.read(hop);
    return guard.begin({ ...form, source: ip === undefined ? known : { ...known, ip }, deviceToken });
  };
  return {
    async begin(facts) {
      // whatever a database may make of such an account: guesses that nobody can count are not let through
      if (canonicalAccount(facts.account) === undefined) return { attempt: undefined, reply: wrongCredential(options) };
      const handle = await begin(facts);
      const reply = replyBefore(handle.decision, { ...options, now: handle.at });
      if (reply === undefined) return { attempt: guardedAttempt(handle, replying(facts.hop)), reply };
      // a proof is wanted first: no credential is looked at, so nothing was guessed
      if (handle.decision.action === "CHALLENGE") await handle.cancel();
      return { attempt: undefined, reply };
    },
    async judge(facts, result) {
      return guardedAttempt(await begin(facts), replying(facts.hop)).conclude(result);
    },
    async resume(handle, { hop, tenant }) {
      try {
        const proof = await guard.resume(handle as string, tenant === undefined ? {} : { tenant });
        return { attempt: guardedProof(proof, replying(hop)), reply: undefined };
      } catch (error) {
        if (error instanceof InputError) return { attempt: undefined, reply: wrongCredential(options) };
        throw error;
      }
    },
  };
}
