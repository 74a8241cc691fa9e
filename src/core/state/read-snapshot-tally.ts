import type { Tally } from "../aggregates/tally.js";
import { isCount } from "./is-count.js";
import { isTime } from "./is-time.js";
import { readSnapshotMatches } from "./read-snapshot-matches.js";
import { snapshotFault } from "./snapshot-fault.js";

/** Reads the cell of a `frequency`. */
export function readSnapshotTally(cell: { readonly [name: string]: unknown }, index: number, path: string): Tally {
  const { total, replaced, values } = cell;
  if (!isCount(total)) throw snapshotFault(index, `\`${path}.total\` to be a count`);
  if (!isCount(replaced)) throw snapshotFault(index, `\`${path}.replaced\` to be a count`);
  if (!Array.isArray(values)) throw snapshotFault(index, `\`${path}.values\` to list values \`${shape}\``);
  const counters = values.map((counter, i) => {
    const read = readCounter(counter, replaced);
    if (read === undefined) throw snapshotFault(index, `\`${path}.values.${i}\` to be a value \`${shape}\``);
    return read;
  });
  const names = counters.map(([value]) => value);
  if (new Set(names).size < names.length) throw snapshotFault(index, `\`${path}.values\` to hold a value once`);
  const recent = readSnapshotMatches(cell.recent, { hasField: false, distinct: false }, index, `${path}.recent`);
  return {
    total,
    replaced,
    values: names,
    counts: counters.map(([, count]) => count),
    errors: counters.map(([, , error]) => error),
    lastAt: counters.map(([, , , lastAt]) => lastAt),
    recentAt: recent.at,
    recentIds: recent.ids,
  };
}

const shape = "[value, count, error, last time]";

/** A value was seen at least once, and took over no more than the largest count that was replaced. */
function readCounter(counter: unknown, replaced: number): readonly [string, number, number, number] | undefined {
  if (!Array.isArray(counter) || counter.length !== 4) return undefined;
  const [value, count, error, lastAt]: readonly unknown[] = counter;
  if (typeof value !== "string" || !isCount(count) || !isCount(error) || !isTime(lastAt)) return undefined;
  return error < count && error <= replaced ? [value, count, error, lastAt] : undefined;
}
