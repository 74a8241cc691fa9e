import { groupKey } from "../core/aggregates/grouping.js";
import type { Identity } from "../core/aggregates/identity.js";
import type { Known, Touch } from "../core/engine/touch.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { GroupRecord } from "../core/state/group-record.js";
import type { GuardContext } from "./context.js";
import { ownerOf, type StoreKey, storeKey } from "./store-key.js";

/** Where an attempt is remembered: its groups in the order of the plan. The same from its begin to its last proof. */
export interface Located extends Known {
  readonly kept: Identity;
  readonly groupKeys: readonly (string | undefined)[];
  readonly storeKeys: readonly (StoreKey | undefined)[];
}

/** Finds the groups of an event under the identity by which it is remembered. */
export function locate({ compiled }: GuardContext, event: LoginEvent, { identity, aliasError }: Known, kept: Identity): Located {
  const { groups } = compiled.plan;
  const owner = ownerOf(kept);
  const groupKeys = new Array<string | undefined>(groups.length);
  const storeKeys = new Array<StoreKey | undefined>(groups.length);
  for (let i = 0; i < groups.length; i++) {
    const { by } = groups[i]!;
    const key = groupKey(by, kept, event);
    groupKeys[i] = key;
    storeKeys[i] = key === undefined ? undefined : storeKey(by, key, owner);
  }
  return { identity, aliasError, kept, groupKeys, storeKeys };
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
