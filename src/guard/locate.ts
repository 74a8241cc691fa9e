import { groupKey } from "../core/aggregates/grouping.js";
import type { Identity } from "../core/aggregates/identity.js";
import { type Known, know, type Touch } from "../core/engine/touch.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { GroupRecord } from "../core/state/group-record.js";
import type { GuardContext } from "./context.js";
import { type StoreKey, storeKey } from "./store-key.js";

/** Where an attempt is remembered: its groups in the order of the plan. The same from its begin to its last proof. */
export interface Located extends Known {
  readonly kept: Identity;
  readonly groupKeys: readonly (string | undefined)[];
  readonly storeKeys: readonly (StoreKey | undefined)[];
}

/** Finds the groups of an event, by pseudonyms where the guard keeps such. */
export async function locate({ compiled, pseudonymise }: GuardContext, event: LoginEvent): Promise<Located> {
  const known = know(event, compiled.alias);
  const kept = pseudonymise === undefined ? known.identity : await pseudonymise(known.identity);
  const { groups } = compiled.plan;
  const groupKeys = groups.map(({ by }) => groupKey(by, kept, event));
  const storeKeys = groupKeys.map((key, i) => (key === undefined ? undefined : storeKey(groups[i]!.by, key, kept)));
  return { ...known, kept, groupKeys, storeKeys };
}

/** The groups with what stands in them. */
export function touched({ binding }: GuardContext, located: Located, records: readonly (GroupRecord | undefined)[]): Touch {
  const { identity, kept, aliasError, groupKeys } = located;
  return { binding, identity, kept, aliasError, keys: groupKeys, records };
}

/** The groups before anything is known of them. */
export function untouched(context: GuardContext, located: Located): Touch {
  return touched(context, located, new Array<undefined>(located.groupKeys.length).fill(undefined));
}
