import type { LoginEvent } from "../model/login-event.js";
import type { Identity } from "./identity.js";

/** A part of an identity that a group's key is made of. */
export type IdentityPart = "account" | "source" | "device";

/** The `by` of an aggregate: which group an event belongs to. The name is its identity. */
export interface Grouping {
  readonly name: string;
  /** The parts that the key consists of, for the subject of a detection. */
  readonly parts: readonly IdentityPart[];
  /** The group's key without its tenant; `undefined` when the event belongs to no such group. Never ambiguous. */
  readonly key: (identity: Identity, event: LoginEvent) => string | undefined;
}

/**
 * Names a grouping of your own. Its key is prefixed with the tenant by the engine.
 *
 * @example
 * const byCountry = grouping("country", (_identity, event) => event.source.country);
 */
export function grouping(name: string, key: Grouping["key"], parts: readonly IdentityPart[] = []): Grouping {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new RangeError(`grouping name \`${name}\`: expected kebab-case`);
  return { name, parts, key };
}

/** By the account claimed. */
export const byAccount = grouping("account", (identity) => identity.account, ["account"]);

/** By the canonical source; an event without a readable address belongs to no group. */
export const bySource = grouping("source", (identity) => identity.source, ["source"]);

/** By account and source. An unreadable address is `none` within its account, never one bucket for all. */
export const byAccountAndSource = grouping(
  "account-and-source",
  ({ account, source }) => (account === undefined ? undefined : `${account.length}:${account}${source ?? "none"}`),
  ["account", "source"],
);

/** By account and vouched-for device: the lane of a familiar device. */
export const byAccountAndDevice = grouping(
  "account-and-device",
  ({ account, device }) => (account === undefined || device === undefined ? undefined : `${account.length}:${account}${device}`),
  ["account", "device"],
);

/** Everyone of a tenant together. */
export const byTenant = grouping("tenant", () => "*");

/** The key under which a group is kept: the tenant, then the group's own key, never ambiguous between tenants. */
export function groupKey(by: Grouping, identity: Identity, event: LoginEvent): string | undefined {
  const key = by.key(identity, event);
  if (key === undefined) return undefined;
  if (identity.tenantPrefix !== "") return identity.tenantPrefix + key;
  // a tenant's prefix has a digit behind the NUL, so no tenant writes this one
  return key.charCodeAt(0) === 0 ? `\u0000:${key}` : key;
}
