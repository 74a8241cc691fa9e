import type { LoginEvent } from "../model/login-event.js";
import { canonicalSource } from "../network/canonical-source.js";
import { canonicalAccount } from "./canonical-account.js";

/** Whom an event belongs to, in canonical form. A part that is missing or malformed is absent: it shares no bucket. */
export interface Identity {
  /** Put before every key; empty where the application has no tenants. */
  readonly tenantPrefix: string;
  readonly account: string | undefined;
  readonly source: string | undefined;
  readonly device: string | undefined;
}

/** An application's own notion of which account names are one account; called with the canonical name. */
export type AccountAlias = (account: string) => string;

const longestDeviceId = 512;

/** The canonical identity of an event. A `alias` that throws is the caller's to catch. */
export function identify(event: LoginEvent, alias: AccountAlias | undefined): Identity {
  const device = event.client?.deviceId;
  const account = canonicalAccount(event.account.id);
  return {
    tenantPrefix: event.tenant === undefined ? "" : `\u0000${event.tenant.length}:${event.tenant}`,
    account: alias === undefined || account === undefined ? account : canonicalAccount(alias(account)),
    source: canonicalSource(event.source.ip),
    device: typeof device !== "string" || device.length === 0 || device.length > longestDeviceId ? undefined : device,
  };
}
