import type { Identity } from "../core/aggregates/identity.js";
import { hashKey, keyedHash } from "./keyed-hash.js";

/** Turns an identity into the one under which it is remembered. */
export type Pseudonymise = (identity: Identity) => Promise<Identity>;

/** 128 bits, base64url: nobody finds a second name for one. */
const length = 22;

/**
 * Keyed hashes in place of accounts, addresses and devices. The same identity has the same pseudonym for as long as the key stays, so every count and
 * every decision is what it was; only the names inside facts are pseudonyms too.
 */
export function pseudonyms(key: string): Pseudonymise {
  const imported = hashKey("`pseudonymise.key`", key);
  const hide = async (part: string, tenant: string, value: string | undefined): Promise<string | undefined> =>
    value === undefined ? undefined : (await keyedHash(imported, `${part}:${tenant}:${value}`)).slice(0, length);
  return async ({ tenantPrefix, account, source, device }) => {
    const [hiddenAccount, hiddenSource, hiddenDevice] = await Promise.all([
      hide("account", tenantPrefix, account),
      hide("source", tenantPrefix, source),
      hide("device", tenantPrefix, device),
    ]);
    return { tenantPrefix, account: hiddenAccount, source: hiddenSource, device: hiddenDevice };
  };
}
