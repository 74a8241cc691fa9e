import type { Entries } from "../aggregates/entries.js";
import { type MatchForm, readSnapshotMatches } from "./read-snapshot-matches.js";
import { snapshotFault } from "./snapshot-fault.js";

/** Reads the cell of a `count`, `count-distinct` or `latest`. */
export function readSnapshotEntries(cell: { readonly [name: string]: unknown }, form: MatchForm, index: number, path: string): Entries {
  const settled = readSnapshotMatches(cell.settled, form, index, `${path}.settled`);
  // two reservations may be for one value: only settled ones are told apart by it
  const pending = readSnapshotMatches(cell.pending ?? [], { hasField: form.hasField, distinct: false }, index, `${path}.pending`);
  const reserved = new Set(pending.ids);
  if (reserved.size < pending.ids.length) throw snapshotFault(index, `\`${path}.pending\` to hold an id once`);
  if (reserved.size > 0 && settled.ids.some((id) => reserved.has(id))) {
    throw snapshotFault(index, `\`${path}.pending\` to hold no id that is settled`);
  }
  return {
    at: settled.at,
    ids: settled.ids,
    values: settled.values,
    pendingAt: pending.at,
    pendingIds: pending.ids,
    pendingValues: pending.values,
  };
}
