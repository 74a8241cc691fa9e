import { type MemoryStoreOptions, memoryStore } from "../../src/stores/memory-store.js";
import type { LoginStore, StoreFold, StorePart } from "../../src/stores/store.js";

/** A store that lets a test look at everything that ever reached it. */
export interface SpyingStore extends LoginStore {
  /** Every exchange so far. */
  readonly exchanges: (readonly StorePart[])[];
  readonly folds: StoreFold[];
  /** The newest journal of every key that was ever answered. */
  readonly journals: ReadonlyMap<string, string>;
  /** Everything the store was ever given or gave back, as one text. */
  readonly everything: () => string;
}

/** A memory store and a spy on it. */
export function spyingStore(options: MemoryStoreOptions = {}): SpyingStore {
  const store = memoryStore(options);
  const exchanges: (readonly StorePart[])[] = [];
  const folds: StoreFold[] = [];
  const journals = new Map<string, string>();
  return {
    ...store,
    name: "spying",
    exchanges,
    folds,
    journals,
    everything: () => JSON.stringify([exchanges, folds, [...journals]]),
    async exchange(parts) {
      exchanges.push(parts);
      const answers = await store.exchange(parts);
      for (const [i, { journal }] of answers.entries()) if (journal) journals.set(parts[i]!.key, journal);
      return answers;
    },
    async compact(fold) {
      folds.push(fold);
      await store.compact(fold);
    },
  };
}
