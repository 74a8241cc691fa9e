import { groupKey } from "../aggregates/grouping.js";
import { type AccountAlias, type Identity, identify } from "../aggregates/identity.js";
import type { LoginEvent } from "../model/login-event.js";
import type { Cell, GroupRecord } from "../state/group-record.js";
import type { Table } from "../state/table.js";
import type { Binding } from "./binding.js";
import type { Plan } from "./plan.js";

/** The groups that one event belongs to, in the order of the plan: their keys, and the records that stand for them. */
export interface Touch {
  readonly binding: Binding;
  readonly identity: Identity;
  /** What the policy's alias hook threw; the account then counts as it was written. */
  readonly aliasError: unknown;
  readonly keys: readonly (string | undefined)[];
  readonly records: readonly (GroupRecord | undefined)[];
}

/** Finds an event's groups in a table. */
export function touchGroups(
  plan: Plan,
  binding: Binding,
  table: Table | undefined,
  event: LoginEvent,
  alias: AccountAlias | undefined,
): Touch {
  const { groups } = plan;
  const keys = new Array<string | undefined>(groups.length);
  const records = new Array<GroupRecord | undefined>(groups.length);
  let aliasError: unknown;
  let identity: Identity;
  try {
    identity = identify(event, alias);
  } catch (error) {
    identity = identify(event, undefined);
    aliasError = error ?? "nothing";
  }
  for (let i = 0; i < groups.length; i++) {
    const key = groupKey(groups[i]!.by, identity, event);
    keys[i] = key;
    records[i] = key === undefined ? undefined : table?.[binding.maps[i]!]?.get(key);
  }
  return { binding, identity, aliasError, keys, records };
}

/** What stands at one slot of one of the groups. */
export function cellAt(touch: Touch, group: number, slot: number): Cell | undefined {
  return touch.records[group]?.cells[touch.binding.cells[group]![slot]!];
}
