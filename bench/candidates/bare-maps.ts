import type { LoginEvent } from "../../src/index.js";

/** One `Map` of numbers for each grouping of the default policy that these events have: the limit for string keys. */
export interface BareMaps {
  readonly byAccount: Map<string, number>;
  readonly bySource: Map<string, number>;
  readonly byAccountAndSource: Map<string, number>;
}

/** Maps that have counted nothing. */
export function bareMaps(): BareMaps {
  return { byAccount: new Map(), bySource: new Map(), byAccountAndSource: new Map() };
}

/** Counts each event under the keys of its groups, made from the event's strings as the engine makes them. */
export function countInMaps(maps: BareMaps, events: readonly LoginEvent[]): void {
  for (const { account, source } of events) {
    const ip = source.ip!;
    increment(maps.byAccount, account.id);
    increment(maps.byAccountAndSource, `${account.id.length}:${account.id}${ip}`);
    increment(maps.bySource, ip);
  }
}

function increment(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
