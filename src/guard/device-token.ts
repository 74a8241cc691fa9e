import type { Signer } from "./signed-text.js";

/** Whom a device is bound to. */
export interface DeviceOwner {
  readonly tenant: string | undefined;
  /** In canonical form. */
  readonly account: string;
}

/** A device's own id and when its cookie was made. */
interface DevicePayload {
  readonly deviceId: string;
  readonly issuedAt: number;
}

const purpose = "device";
const between = "~";

/** How many accounts one device remembers. */
const mostAccounts = 5;

/**
 * A device cookie (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"): signed, bound to the account, and worth nothing for another one. Put before the
 * tokens that the device already has for other accounts; the oldest leave.
 */
export async function issueDeviceToken(
  signer: Signer,
  owner: DeviceOwner,
  { deviceId, issuedAt }: DevicePayload,
  existing: string | undefined,
): Promise<string> {
  const others: string[] = [];
  for (const token of tokensOf(existing)) {
    if ((await signer.open(purpose, contextOf(owner), token)) === undefined) others.push(token);
  }
  const token = await signer.sign(purpose, contextOf(owner), `${Math.floor(issuedAt).toString(36)}.${deviceId}`);
  return [token, ...others].slice(0, mostAccounts).join(between);
}

/** The device that a cookie vouches for on this account; `undefined` where it is for another account, forged, or older than `within` milliseconds. */
export async function readDeviceToken(
  signer: Signer,
  owner: DeviceOwner,
  cookie: string | undefined,
  now: number,
  within: number,
): Promise<string | undefined> {
  for (const token of tokensOf(cookie)) {
    const payload = await signer.open(purpose, contextOf(owner), token);
    if (payload === undefined) continue;
    const dot = payload.indexOf(".");
    const issuedAt = Number.parseInt(payload.slice(0, dot), 36);
    if (now - issuedAt < within) return payload.slice(dot + 1);
  }
  return undefined;
}

function tokensOf(cookie: string | undefined): readonly string[] {
  return typeof cookie === "string" && cookie !== "" && cookie.length <= 4_096 ? cookie.split(between).slice(0, mostAccounts) : [];
}

function contextOf({ tenant, account }: DeviceOwner): string {
  return tenant === undefined ? `:${account}` : `${tenant.length}:${tenant}:${account}`;
}
