import type { Match } from "./entries.js";
import type { FrequencyReading } from "./reading.js";

/**
 * What a group remembers for one `frequency`: Space-Saving counters, and the newest (at, id) so that an event delivered again
 * is not tallied again. Mutated by `tallyMatch`, never its arrays' earlier versions.
 */
export interface Tally {
  total: number;
  /** The largest count that a value took over from one it replaced; 0 while none was. */
  replaced: number;
  values: readonly string[];
  counts: readonly number[];
  errors: readonly number[];
  /** When each value was last seen. */
  lastAt: readonly number[];
  recentAt: readonly number[];
  recentIds: readonly string[];
}

/** A tally of nothing. */
export function noTally(): Tally {
  return { total: 0, replaced: 0, values: [], counts: [], errors: [], lastAt: [], recentAt: [], recentIds: [] };
}

/** How many of the newest matches are known by id, per value told apart. */
const recentPerValue = 4;

/** Tallies one settled match. An event already known, or older than every one of a full list of known ones, is refused: then false. */
export function tallyMatch(tally: Tally, { at, id, value }: Match, limit: number): boolean {
  if (value === undefined || !remember(tally, at, id, limit * recentPerValue)) return false;
  tally.total += 1;
  const index = tally.values.indexOf(value);
  if (index >= 0) {
    tally.counts = tally.counts.with(index, tally.counts[index]! + 1);
    tally.lastAt = tally.lastAt.with(index, Math.max(at, tally.lastAt[index]!));
  } else if (tally.values.length < limit) {
    // where values were replaced under a smaller limit, this one may have been among them
    tally.values = [...tally.values, value];
    tally.counts = [...tally.counts, tally.replaced + 1];
    tally.errors = [...tally.errors, tally.replaced];
    tally.lastAt = [...tally.lastAt, at];
  } else {
    const least = leastCounted(tally);
    const inherited = tally.counts[least]!;
    tally.replaced = Math.max(tally.replaced, inherited);
    tally.values = tally.values.with(least, value);
    tally.counts = tally.counts.with(least, inherited + 1);
    tally.errors = tally.errors.with(least, inherited);
    tally.lastAt = tally.lastAt.with(least, at);
  }
  return true;
}

/** An event that asks and may have been tallied before: it is no part of its own past. */
export interface Asker {
  readonly id: string;
  readonly at: number;
  readonly value: string | undefined;
}

/** The values last seen after `after`, the most frequent first; ties by value, so that the order of arrival does not show. */
export function readTally(tally: Tally, after: number, asker: Asker | undefined): FrequencyReading {
  const own = asker !== undefined && isKnown(tally, asker) ? tally.values.indexOf(asker.value ?? "") : -1;
  const countOf = (index: number): number => tally.counts[index]! - (index === own ? 1 : 0);
  const shown = tally.values
    .map((_, index) => index)
    .filter((index) => tally.lastAt[index]! > after && countOf(index) > tally.errors[index]!);
  shown.sort((a, b) => countOf(b) - countOf(a) || (tally.values[a]! < tally.values[b]! ? -1 : 1));
  return {
    value: tally.total - (own < 0 ? 0 : 1),
    saturated: tally.replaced > 0,
    values: shown.map((index) => tally.values[index]!),
    counts: shown.map(countOf),
    errors: shown.map((index) => tally.errors[index]!),
  };
}

function isKnown({ recentAt, recentIds }: Tally, { id, at }: Asker): boolean {
  const index = recentIds.indexOf(id);
  return index >= 0 && recentAt[index] === at;
}

/** The value that gives way: fewest counts, then longest unseen, then first by name. */
function leastCounted({ counts, lastAt, values }: Tally): number {
  let least = 0;
  for (let i = 1; i < counts.length; i++) {
    const difference = counts[i]! - counts[least]! || lastAt[i]! - lastAt[least]! || (values[i]! < values[least]! ? -1 : 1);
    if (difference < 0) least = i;
  }
  return least;
}

function remember(tally: Tally, at: number, id: string, capacity: number): boolean {
  const { recentAt, recentIds } = tally;
  let position = recentAt.length;
  while (position > 0 && (recentAt[position - 1]! > at || (recentAt[position - 1] === at && recentIds[position - 1]! > id))) position--;
  if (position > 0 && recentAt[position - 1] === at && recentIds[position - 1] === id) return false;
  const full = recentAt.length >= capacity;
  if (full && position === 0) return false;
  tally.recentAt = recentAt.toSpliced(position, 0, at).slice(full ? 1 : 0);
  tally.recentIds = recentIds.toSpliced(position, 0, id).slice(full ? 1 : 0);
  return true;
}
