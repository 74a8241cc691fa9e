import type { LoginStore } from "../../stores/store.js";

/** A store, and a way to wait for it: a guard notes some things without keeping a login waiting. */
export interface SettledStore {
  readonly store: LoginStore;
  /** Resolves once nothing is under way. */
  readonly settled: () => Promise<void>;
}

/** Watches over the calls of a store. */
export function settledStore(inner: LoginStore): SettledStore {
  const underWay = new Set<Promise<unknown>>();
  const watch = <T>(call: Promise<T>): Promise<T> => {
    underWay.add(call);
    const ended = (): boolean => underWay.delete(call);
    call.then(ended, ended);
    return call;
  };
  return {
    store: {
      name: inner.name,
      exchange: (parts) => watch(inner.exchange(parts)),
      compact: (fold) => watch(inner.compact(fold)),
      journalsOf: (owner) => watch(inner.journalsOf(owner)),
      forget: (owner) => watch(inner.forget(owner)),
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
