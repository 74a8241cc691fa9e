import type { Guard } from "../../guard/create-guard.js";
import { hasSecondFactor } from "./attempt.js";
import type { BetterAuthContext, BetterAuthRequest, BetterAuthSession, BetterAuthUser } from "./context.js";
import { heldPaths } from "./paths.js";

/** What better-auth's two-factor plugin will do with a login: ask for a second factor, take a trusted device for one, or nothing. */
export type SecondFactor = "asked" | "trusted-device" | "none";

/** What is used of the two-factor plugin. */
interface TwoFactorPlugin {
  readonly id: string;
  /** Its own answer for a request whose session stands on the context. */
  readonly shouldRequireTwoFactor: (request: BetterAuthRequest) => Promise<boolean>;
}

const twoFactorId = "two-factor";

/**
 * Checks that the two-factor plugin comes first: only then has it taken the session back before this plugin looks, and a login that still waits for its second
 * factor is none that succeeded.
 *
 * @throws TypeError when it comes later, when the guard cannot sign, or for a better-auth whose plugin does not say what it will do.
 */
export async function assertPluginOrder({ options }: BetterAuthContext, guard: Guard, id: string): Promise<void> {
  const { plugins = [] } = options;
  const ids = plugins.map((plugin) => plugin.id);
  if (ids.indexOf(id) !== ids.lastIndexOf(id)) throw new TypeError(`better-auth: expected one \`${id}\` plugin`);
  const at = ids.indexOf(twoFactorId);
  if (at < 0) return;
  if (at > ids.indexOf(id)) {
    throw new TypeError(
      "better-auth: expected `twoFactor()` before `portcullisPlugin()` in `plugins`, or logins that wait for a second factor count as done",
    );
  }
  if (typeof (plugins[at] as Partial<TwoFactorPlugin>).shouldRequireTwoFactor !== "function") {
    throw new TypeError("better-auth: expected the two-factor plugin of better-auth 1.7");
  }
  if (!guard.signs) {
    throw new TypeError(
      "better-auth: expected a guard with `secrets`, because a login that waits for its second factor is taken up by another request",
    );
  }
}

/** What will become of a login, asked before its session is made. */
export async function secondFactorOf(
  request: BetterAuthRequest,
  session: BetterAuthSession,
  user: BetterAuthUser | null,
): Promise<SecondFactor> {
  const plugin = request.context.options.plugins?.find(({ id }) => id === twoFactorId) as TwoFactorPlugin | undefined;
  if (plugin === undefined || !heldPaths.has(request.path ?? "") || !hasSecondFactor(user)) return "none";
  // a context of its own: the plugin remembers its answer by the context, and this session stands on none yet
  const asIfMade = { ...request, context: { ...request.context, newSession: { session, user } } };
  return (await plugin.shouldRequireTwoFactor(asIfMade)) ? "asked" : "trusted-device";
}

/** Lets the two-factor plugin ask although the device is trusted. */
export function forgetTrustedDevice({ headers, context }: BetterAuthRequest): void {
  const { name } = context.createAuthCookie("trust_device");
  const kept = (headers?.get("cookie") ?? "").split(";").filter((pair) => pair.slice(0, pair.indexOf("=")).trim() !== name);
  headers?.set("cookie", kept.join(";"));
}
