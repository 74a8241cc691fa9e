/**
 * What a group remembers for one `count`, `countDistinct` or `latest`: the newest settled matches and, beside them, the
 * reservations. Both are in ascending order of (at, id). `values` stays empty where the aggregate has no field.
 *
 * INVARIANT: an id is in at most one of the two lists; a settled value of a distinct list is there once.
 */
export interface Entries {
  at: readonly number[];
  ids: readonly string[];
  values: readonly string[];
  pendingAt: readonly number[];
  pendingIds: readonly string[];
  pendingValues: readonly string[];
}

/** How many reservations a group holds for one aggregate; when one more begins, the oldest hardens into a settled match. */
export const mostPending = 128;

const none: readonly never[] = [];

/** Entries that remember nothing. */
export function noEntries(): Entries {
  return { at: none, ids: none, values: none, pendingAt: none, pendingIds: none, pendingValues: none };
}

/** Entries that may be written to while the old ones stay as they were. Every field is written out: a spread costs three times as much. */
export function copyEntries(old: Entries): Entries {
  return {
    at: old.at,
    ids: old.ids,
    values: old.values,
    pendingAt: old.pendingAt,
    pendingIds: old.pendingIds,
    pendingValues: old.pendingValues,
  };
}

/** One match on its way into the entries. */
export interface Match {
  readonly at: number;
  readonly id: string;
  /** `undefined` for an aggregate without a field. */
  readonly value: string | undefined;
}

/** How the entries are kept: how many, and whether one per value. */
export interface Keeping {
  readonly capacity: number;
  readonly distinct: boolean;
}

/** Whether (at, id) stands before (otherAt, otherId). */
function isOlder(at: number, id: string, otherAt: number, otherId: string): boolean {
  return at < otherAt || (at === otherAt && id < otherId);
}

/**
 * Adds a settled match: kept if it is among the newest `capacity`, ignored if it is there already. Its own reservation goes.
 * Mutates `entries`, never the arrays in it, and says whether anything changed.
 */
export function settle(entries: Entries, match: Match, keeping: Keeping): boolean {
  const withdrawn = withdraw(entries, match.id);
  const inserted = insertSettled(entries, match, keeping);
  if (inserted) dropStalePending(entries, keeping);
  return withdrawn || inserted;
}

/** Adds a reservation beside the settled matches. A begin delivered again, before or after its failure, changes nothing. */
export function reserve(entries: Entries, match: Match, keeping: Keeping): boolean {
  if (indexOfId(entries.ids, match.id) >= 0 || indexOfId(entries.pendingIds, match.id) >= 0) return false;
  const position = positionOf(entries.pendingAt, entries.pendingIds, match.at, match.id);
  entries.pendingAt = inserted(entries.pendingAt, position, match.at);
  entries.pendingIds = inserted(entries.pendingIds, position, match.id);
  if (match.value !== undefined) entries.pendingValues = inserted(entries.pendingValues, position, match.value);
  if (entries.pendingAt.length > mostPending) hardenOldest(entries, keeping);
  dropStalePending(entries, keeping);
  return true;
}

/** Takes a reservation back: the attempt ended as something that does not match. Settled matches never go this way. */
export function withdraw(entries: Entries, id: string): boolean {
  const index = indexOfId(entries.pendingIds, id);
  if (index >= 0) removePending(entries, index);
  return index >= 0;
}

function hardenOldest(entries: Entries, keeping: Keeping): void {
  const match: Match = { at: entries.pendingAt[0]!, id: entries.pendingIds[0]!, value: entries.pendingValues[0] };
  removePending(entries, 0);
  insertSettled(entries, match, keeping);
}

/** Reservations older than the oldest of a full settled list can never decide a reading again. */
function dropStalePending(entries: Entries, keeping: Keeping): void {
  if (entries.at.length < keeping.capacity) return;
  while (entries.pendingAt.length > 0 && isOlder(entries.pendingAt[0]!, entries.pendingIds[0]!, entries.at[0]!, entries.ids[0]!)) {
    removePending(entries, 0);
  }
}

function insertSettled(entries: Entries, { at, id, value }: Match, { capacity, distinct }: Keeping): boolean {
  const same = distinct ? entries.values.indexOf(value as string) : -1;
  if (same >= 0 && !isOlder(entries.at[same]!, entries.ids[same]!, at, id)) return false;
  const position = positionOf(entries.at, entries.ids, at, id);
  if (same < 0 && position > 0 && entries.at[position - 1] === at && entries.ids[position - 1] === id) return false;
  if (same >= 0) {
    // seen later than before: the value moves, and nothing leaves
    entries.at = moved(entries.at, same, position - 1, at);
    entries.ids = moved(entries.ids, same, position - 1, id);
    entries.values = moved(entries.values, same, position - 1, value as string);
    return true;
  }
  // more than one leaves only where an earlier policy kept more than this one
  const dropped = Math.max(0, entries.at.length + 1 - capacity);
  if (position < dropped) return false;
  entries.at = inserted(entries.at, position, at, dropped);
  entries.ids = inserted(entries.ids, position, id, dropped);
  if (value !== undefined) entries.values = inserted(entries.values, position, value, dropped);
  return true;
}

function removePending(entries: Entries, index: number): void {
  entries.pendingAt = removed(entries.pendingAt, index);
  entries.pendingIds = removed(entries.pendingIds, index);
  if (entries.pendingValues.length > 0) entries.pendingValues = removed(entries.pendingValues, index);
}

/** The first index whose entry is newer than (at, id); searched from the end, where nearly every event belongs. */
function positionOf(ats: readonly number[], ids: readonly string[], at: number, id: string): number {
  let position = ats.length;
  while (position > 0 && isOlder(at, id, ats[position - 1]!, ids[position - 1]!)) position--;
  return position;
}

function indexOfId(ids: readonly string[], id: string): number {
  return ids.length === 0 ? -1 : ids.indexOf(id);
}

/** A copy of exact size with `item` at `position`, after `dropped` items have left at the front. */
function inserted<T>(list: readonly T[], position: number, item: T, dropped = 0): readonly T[] {
  const copy = new Array<T>(list.length + 1 - dropped);
  const shifted = position - dropped;
  for (let i = 0; i < shifted; i++) copy[i] = list[i + dropped]!;
  copy[shifted] = item;
  for (let i = shifted + 1; i < copy.length; i++) copy[i] = list[i + dropped - 1]!;
  return copy;
}

/** A copy in which the item at `from` has left and `item` stands at `to`, which is not before it. */
function moved<T>(list: readonly T[], from: number, to: number, item: T): readonly T[] {
  const copy = list.slice();
  for (let i = from; i < to; i++) copy[i] = list[i + 1]!;
  copy[to] = item;
  return copy;
}

function removed<T>(list: readonly T[], index: number): readonly T[] {
  if (list.length === 1) return none;
  const copy = new Array<T>(list.length - 1);
  for (let i = 0; i < index; i++) copy[i] = list[i]!;
  for (let i = index; i < copy.length; i++) copy[i] = list[i + 1]!;
  return copy;
}
