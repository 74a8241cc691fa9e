import { groupKey } from "../aggregates/grouping.js";
import { type AccountAlias, type Identity, identify } from "../aggregates/identity.js";
import type { LoginEvent } from "../model/login-event.js";
import type { GroupRecord } from "../state/group-record.js";
import type { Table } from "../state/table.js";
import type { Binding } from "./binding.js";
import type { Plan } from "./plan.js";

/** The groups that one event belongs to, in the order of the plan: their keys, and what stands in the table for them. */
export interface Touch {
  readonly identity: Identity;
  readonly keys: readonly (string | undefined)[];
  readonly records: (GroupRecord | undefined)[];
}

/** Finds an event's groups in a table. */
export function touchGroups(plan: Plan, binding: Binding, table: Table | undefined, event: LoginEvent, identity: Identity): Touch {
  const { groups } = plan;
  const keys = new Array<string | undefined>(groups.length);
  const records = new Array<GroupRecord | undefined>(groups.length);
  for (let i = 0; i < groups.length; i++) {
    const key = groupKey(groups[i]!.by, identity, event);
    keys[i] = key;
    records[i] = key === undefined ? undefined : table?.[binding.maps[i]!]?.get(key);
  }
  return { identity, keys, records };
}

/** The identity of an event, and whether the policy's alias hook threw; then the account counts as it was written. */
export function identifyEvent(event: LoginEvent, alias: AccountAlias | undefined): { identity: Identity; aliasError: unknown } {
  if (alias === undefined) return { identity: identify(event, undefined), aliasError: undefined };
  try {
    return { identity: identify(event, alias), aliasError: undefined };
  } catch (aliasError) {
    return { identity: identify(event, undefined), aliasError: aliasError ?? new Error("alias threw nothing") };
  }
}
