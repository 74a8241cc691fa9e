import type { Entries } from "./entries.js";
import type { Reading } from "./reading.js";

/** Which part of the entries a reading takes. */
export interface ReadingSpan {
  /** Only matches with `at > after`. */
  readonly after: number;
  /** The window, for the reading to carry. */
  readonly within: number;
  readonly limit: number;
  readonly distinct: boolean;
  /**
   * The event that asks: it is no part of its own past, even when it was delivered before. Only of a distinct value that was settled
   * by it nobody can tell whether it was seen before too; it counts, so that the reading is rather one too high.
   */
  readonly except: { readonly id: string; readonly at: number } | undefined;
}

/** Reads entries: settled matches and reservations as one list, newest `limit` of it. `undefined` stands for none. */
export function readEntries(entries: Entries, span: ReadingSpan): Reading | undefined {
  const { at } = entries;
  if (entries.pendingAt.length > 0 || hasExcepted(entries, span)) return readMerged(entries, span);
  if (at.length === 0 || at[at.length - 1]! <= span.after) return undefined;
  let first = Math.max(0, at.length - span.limit);
  while (at[first]! <= span.after) first++;
  const value = at.length - first;
  return {
    value,
    saturated: value >= span.limit,
    times: first === 0 ? at : at.slice(first),
    values: first === 0 ? entries.values : entries.values.slice(first),
    within: span.within,
  };
}

function hasExcepted({ at, ids }: Entries, { except, distinct }: ReadingSpan): boolean {
  if (except === undefined || distinct) return false;
  for (let i = at.length - 1; i >= 0 && at[i]! >= except.at; i--) if (ids[i] === except.id) return true;
  return false;
}

/** Whether a reservation stands behind a settled match in the order of time and id. */
function isNewerPending({ at, ids, pendingAt, pendingIds }: Entries, pending: number, settled: number): boolean {
  const difference = pendingAt[pending]! - at[settled]!;
  return difference > 0 || (difference === 0 && pendingIds[pending]! > ids[settled]!);
}

/** The general case: merges both lists from the newest backwards. */
function readMerged(entries: Entries, span: ReadingSpan): Reading | undefined {
  const times: number[] = [];
  const values: string[] = [];
  const seen = new Set<string>();
  let settled = entries.at.length - 1;
  let pending = entries.pendingAt.length - 1;
  while (times.length < span.limit && (settled >= 0 || pending >= 0)) {
    const fromPending = settled < 0 || (pending >= 0 && isNewerPending(entries, pending, settled));
    const index = fromPending ? pending-- : settled--;
    const at = (fromPending ? entries.pendingAt : entries.at)[index]!;
    if (at <= span.after) break;
    const isOwn = (fromPending ? entries.pendingIds : entries.ids)[index] === span.except?.id;
    if (isOwn && (fromPending || !span.distinct)) continue;
    const value = (fromPending ? entries.pendingValues : entries.values)[index];
    if (span.distinct) {
      if (seen.has(value!)) continue;
      seen.add(value!);
    }
    times.push(at);
    if (value !== undefined) values.push(value);
  }
  if (times.length === 0) return undefined;
  return {
    value: times.length,
    saturated: times.length >= span.limit,
    times: times.reverse(),
    values: values.reverse(),
    within: span.within,
  };
}
