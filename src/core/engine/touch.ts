import { groupKey } from "../aggregates/grouping.js";
import { type AccountAlias, type Identity, identify } from "../aggregates/identity.js";
import type { LoginEvent } from "../model/login-event.js";
import type { Cell, GroupRecord } from "../state/group-record.js";
import type { Table } from "../state/table.js";
import type { Binding } from "./binding.js";
import type { Plan } from "./plan.js";

/** Whom an event belongs to, and what the policy's alias hook threw; the account then counts as it was written. */
export interface Known {
  readonly identity: Identity;
  readonly aliasError: unknown;
}

/** The groups that one event belongs to, in the order of the plan: their keys, and the records that stand for them. */
export interface Touch extends Known {
  readonly binding: Binding;
  /** The identity under which the event is remembered: `identity` itself, or pseudonyms of its parts. */
  readonly kept: Identity;
  readonly keys: readonly (string | undefined)[];
  readonly records: readonly (GroupRecord | undefined)[];
}

/** The identity of an event, whatever the alias hook does. */
export function know(event: LoginEvent, alias: AccountAlias | undefined): Known {
  try {
    return { identity: identify(event, alias), aliasError: undefined };
  } catch (error) {
    return { identity: identify(event, undefined), aliasError: error ?? "nothing" };
  }
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
  const { identity, aliasError } = know(event, alias);
  for (let i = 0; i < groups.length; i++) {
    const key = groupKey(groups[i]!.by, identity, event);
    keys[i] = key;
    records[i] = key === undefined ? undefined : table?.[binding.maps[i]!]?.get(key);
  }
  return { binding, identity, kept: identity, aliasError, keys, records };
}

/** What stands at one slot of one of the groups. */
export function cellAt(touch: Touch, group: number, slot: number): Cell | undefined {
  return touch.records[group]?.cells[touch.binding.cells[group]![slot]!];
}
