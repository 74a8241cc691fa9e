import type { SpokenAction } from "../model/action.js";
import type { AddressSetOptions } from "../network/address-set.js";
import { addressSet } from "../network/address-set.js";
import { canonicalAddress } from "../network/canonical-address.js";
import { abstain, defineRule, missing, type Rule, speak } from "./rule.js";

/** What `maliciousIp` holds addresses against. */
export interface MaliciousIpOptions {
  /** Lists of addresses and CIDR blocks, IPv4 and IPv6, each with its name and, where known, its age. */
  readonly lists: readonly AddressSetOptions[];
  /** What is said of a match; `BLOCK` by default. Use `FLAG` for lists of anonymisers. */
  readonly action?: SpokenAction;
}

const day = 86_400_000;

/**
 * BLOCKs logins from addresses on a list, and says which list and how old it was.
 *
 * portcullis owns no reputation data: bring your lists, and reload them by making a new policy. Without a list the rule is not in the
 * plan. Source: Auth0's categories (block abuse, flag anonymisers); ATT&CK T1090.
 *
 * @throws RangeError for a malformed entry, naming list and entry.
 * @example
 * maliciousIp({ lists: [{ name: "abuse", addresses: ["192.0.2.0/24", "2001:db8::/32"] }] }).id; //=> "malicious-ip"
 */
export function maliciousIp({ lists, action = "BLOCK" }: MaliciousIpOptions = { lists: [] }): Rule {
  const sets = lists.map(addressSet);
  return defineRule({
    id: "malicious-ip",
    summary: "A login comes from an address on a list of malicious ones.",
    phase: "before",
    kinds: ["login", "registration", "password-reset"],
    overrulable: true,
    configured: sets.length > 0,
    reads: {},
    evaluate(_, { source, at }) {
      if (source.ip === undefined) return missing("source.ip");
      for (let i = 0; i < sets.length; i++) {
        const set = sets[i]!;
        const held = set.holds(source.ip);
        if (held === undefined) return missing("source.ip");
        if (!held) continue;
        const address = canonicalAddress(source.ip) ?? source.ip;
        if (set.updatedAt === undefined) return speak(action, { list: set.name, address });
        return speak(action, { list: set.name, address, listAgeDays: Math.max(0, Math.floor((at - set.updatedAt) / day)) });
      }
      return abstain;
    },
    explain: (facts) => `${facts.address} is on the list ${facts.list}${"listAgeDays" in facts ? `, ${facts.listAgeDays} days old` : ""}`,
  });
}
