/** Counts of names of which only the most frequent matter, in bounded memory. */
export interface TopCounts {
  readonly add: (name: string) => void;
  /** The most frequent, first by count and then by name. */
  readonly top: (most: number) => readonly (readonly [name: string, count: number])[];
  /** Whether rare names were forgotten on the way: counts are then at least what they say. */
  readonly approximate: () => boolean;
}

const mostNames = 50_000;
const longestName = 512;

/** Counts that keep at most 50,000 names: when there are more, those seen least are forgotten (lossy counting, Manku and Motwani 2002). */
export function topCounts(): TopCounts {
  const counts = new Map<string, number>();
  let forgot = false;
  const forget = (): void => {
    forgot = true;
    for (let least = 1; counts.size > mostNames / 2; least *= 2) {
      for (const [name, count] of counts) if (count <= least) counts.delete(name);
    }
  };
  return {
    add(name) {
      const key = name.slice(0, longestName);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (counts.size > mostNames) forget();
    },
    top: (most) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most),
    approximate: () => forgot,
  };
}
