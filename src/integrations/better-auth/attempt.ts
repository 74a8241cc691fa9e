import type { AccountFacts } from "../../guard/attempt.js";
import type { ProofHandle } from "../../guard/handle.js";
import type { Hop } from "../client-address/client-address.js";
import { deviceCookie } from "../login/device-cookie.js";
import type { BetterAuthHookAnswer, BetterAuthRequest, BetterAuthUser, Standing } from "./context.js";
import type { BetterAuthLogin, PortcullisPluginOptions } from "./options.js";

/** Attempts as requests to better-auth make them. */
export interface BetterAuthAttempts {
  /** Begins one for an account. */
  begin(request: BetterAuthRequest, account: string): Promise<Extract<Standing, { readonly conclusion: undefined }>>;
  /** What is known of a user. */
  factsOf(user: BetterAuthUser | null): Promise<AccountFacts>;
  /** Makes the device familiar, where somebody is let in. */
  remember(request: BetterAuthRequest, handle: ProofHandle): Promise<BetterAuthHookAnswer>;
}

/** @throws RangeError for a `deviceCookie` that is no name; RangeError or TypeError for a `deviceWithin` that is no duration. */
export function betterAuthAttempts(options: PortcullisPluginOptions): BetterAuthAttempts {
  const { guard, address, peer, attempt, account: knownOf, captcha } = options;
  const { deviceCookie: name = "portcullis_device", deviceWithin = { days: 90 } } = options;
  const cookie = name === false ? undefined : deviceCookie(name, deviceWithin);

  const hopOf = ({ headers, request }: BetterAuthRequest): Hop => {
    const sent = headers ?? request?.headers;
    return { peer: peer?.(request), header: (header) => sent?.get(header) ?? undefined };
  };

  return {
    async begin(request, account) {
      const { path = "", headers, body } = request;
      const login: BetterAuthLogin = { path, account, headers, request: request.request, body };
      const hop = hopOf(request);
      const [facts, solved] = await Promise.all([attempt?.(login), captcha?.(login)]);
      const ip = address(hop);
      const userAgent = hop.header("user-agent") as string | undefined;
      const proofs = [...(facts?.proofs ?? []), ...(solved === true ? (["captcha"] as const) : [])];
      const handle = await guard.begin({
        ...facts,
        account,
        source: { ...facts?.source, ...(ip === undefined ? {} : { ip }) },
        client: { ...(userAgent === undefined ? {} : { userAgent }), ...facts?.client },
        proofs,
        deviceToken: cookie?.read(hop),
      });
      return { handle, tenant: facts?.tenant, conclusion: undefined };
    },
    async factsOf(user) {
      if (user === null) return {};
      const known = { type: "human", status: isBanned(user) ? "disabled" : "active", mfaEnrolled: hasSecondFactor(user) } as const;
      return { ...known, ...(await knownOf?.(user)) };
    },
    async remember(request, handle) {
      const token = cookie === undefined ? undefined : await ifSigned(handle.deviceToken(cookie.read(hopOf(request))));
      return cookie === undefined || token === undefined ? {} : { headers: new Headers([["set-cookie", cookie.write(token)]]) };
    },
  };
}

/** Whether better-auth's two-factor plugin holds a second factor for a user. */
export function hasSecondFactor(user: BetterAuthUser | null): boolean {
  return user?.twoFactorEnabled === true;
}

/** Banned by better-auth's admin plugin, for good or until a time that has not come. */
function isBanned({ banned, banExpires }: BetterAuthUser): boolean {
  return banned === true && !(banExpires instanceof Date && banExpires.getTime() <= Date.now());
}

/** A signed text; `undefined` where the guard has no secrets or the account's name is none, which it says by a TypeError. */
async function ifSigned(text: Promise<string>): Promise<string | undefined> {
  try {
    return await text;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
