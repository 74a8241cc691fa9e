import { canonicalAccount } from "../aggregates/canonical-account.js";
import type { AccountAlias, Identity } from "../aggregates/identity.js";
import { type AddressSet, addressSet } from "../network/address-set.js";
import type { Rule } from "../rules/rule.js";

/** Someone whom some rules do not stop. What they would have said stays visible in the decision, and tracking goes on. */
export interface AllowEntry {
  /** Shown beside every verdict that it overrules. */
  readonly name: string;
  /** Addresses and CIDR blocks; with `accounts`, both must hold. */
  readonly sources?: readonly string[];
  /** Account ids, compared in canonical form and by the policy's alias. */
  readonly accounts?: readonly string[];
  /** Ids of the rules it overrules; by default every rule that can be (address lists, country, throttles). */
  readonly overrules?: readonly string[];
}

/** An entry made ready to be asked. */
export interface PreparedAllowEntry {
  readonly name: string;
  readonly sources: AddressSet | undefined;
  readonly accounts: ReadonlySet<string> | undefined;
  readonly overrules: ReadonlySet<string>;
}

/**
 * Prepares allow-list entries for a policy.
 *
 * @throws RangeError for an entry that would match everybody, a malformed address, an account id that is none, or a rule that is
 * unknown or cannot be overruled.
 */
export function prepareAllowList(
  entries: readonly AllowEntry[],
  rules: readonly Rule[],
  alias?: AccountAlias,
): readonly PreparedAllowEntry[] {
  return entries.map(({ name, sources, accounts, overrules }) => {
    if (sources === undefined && accounts === undefined) {
      throw new RangeError(`allow-list entry \`${name}\` matches everybody: expected \`sources\`, \`accounts\` or both`);
    }
    for (const id of overrules ?? []) {
      const rule = rules.find((candidate) => candidate.id === id);
      if (rule === undefined) throw new RangeError(`allow-list entry \`${name}\` overrules \`${id}\`, which is no rule of this policy`);
      if (!rule.overrulable) throw new RangeError(`allow-list entry \`${name}\`: rule \`${id}\` cannot be overruled`);
    }
    return {
      name,
      sources: sources === undefined ? undefined : addressSet({ name, addresses: sources }),
      accounts: accounts === undefined ? undefined : new Set(accounts.map((account) => accountOf(name, account, alias))),
      overrules: new Set(overrules ?? rules.filter(({ overrulable }) => overrulable).map(({ id }) => id)),
    };
  });
}

function accountOf(entry: string, account: string, alias: AccountAlias | undefined): string {
  const written = canonicalAccount(account);
  const canonical = written === undefined || alias === undefined ? written : canonicalAccount(alias(written));
  if (canonical === undefined) throw new RangeError(`allow-list entry \`${entry}\`: expected account ids of 1 to 512 characters`);
  return canonical;
}

/** The first entry that overrules a rule for this identity, if any. */
export function overruling(
  entries: readonly PreparedAllowEntry[],
  rule: string,
  identity: Identity,
  ip: string | undefined,
): string | undefined {
  for (const { name, sources, accounts, overrules } of entries) {
    if (!overrules.has(rule)) continue;
    if (sources !== undefined && (ip === undefined || !sources.has(ip))) continue;
    if (accounts !== undefined && (identity.account === undefined || !accounts.has(identity.account))) continue;
    return name;
  }
  return undefined;
}
