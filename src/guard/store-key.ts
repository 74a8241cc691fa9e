import type { Grouping } from "../core/aggregates/grouping.js";
import type { Identity } from "../core/aggregates/identity.js";

/** Where a group's journal is kept, and whose it is. */
export interface StoreKey {
  readonly key: string;
  /** The account, for groups that are an account's; `undefined` for those of a source or of everyone. */
  readonly owner: string | undefined;
}

/**
 * The store key of a group. All groups of one account share its tag in braces, so that they lie on one node of a cluster; any other group has
 * itself as the tag.
 *
 * @example
 * storeKey(byAccount, "ann", "ann").key; //=> "{ann}account:ann"
 */
export function storeKey({ name, parts }: Grouping, groupKey: string, account: string | undefined): StoreKey {
  const owner = parts.includes("account") ? account : undefined;
  const own = escapeKey(groupKey);
  return owner === undefined ? { key: `{${name}:${own}}`, owner } : { key: `{${owner}}${name}:${own}`, owner };
}

/** The name under which an account owns its groups. */
export function ownerOf({ tenantPrefix, account }: Identity): string | undefined {
  if (account === undefined) return undefined;
  if (tenantPrefix !== "") return escapeKey(tenantPrefix + account);
  // as for the keys of groups: an account without a tenant is never taken for one of a tenant
  return escapeKey(account.charCodeAt(0) === 0 ? `\u0000:${account}` : account);
}

/** Printable ASCII without braces, one to one: a name of any characters stays one key, and ends no tag. */
function escapeKey(text: string): string {
  return plain.test(text) ? text : text.replace(special, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const plain = /^[\w.@:+/-]*$/;
const special = /[^\w.@:+/-]/g;
