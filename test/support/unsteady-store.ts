import { type MemoryStoreOptions, memoryStore } from "../../src/stores/memory-store.js";
import type { LoginStore } from "../../src/stores/store.js";

/** How a store fares: as it should, or as stores do. */
export type Fate =
  | "works"
  /** Its promise is rejected. */
  | "rejects"
  /** It throws before there is a promise. */
  | "throws"
  /** Never answers. */
  | "hangs"
  /** Does what it is asked, and answers too late. */
  | "late"
  /** Does nothing, and says so too late. */
  | "rejects late"
  /** Does what it is asked, and answers what is made of its answer. */
  | { readonly answers: (answer: never) => unknown }
  /** Does what it is asked, and gives this instead of a promise of its answer. */
  | { readonly gives: (promise: Promise<never>) => unknown };

/** A store whose fate a test decides. */
export interface UnsteadyStore extends LoginStore {
  fate: Fate;
  /** How often it was asked to exchange. */
  asked: number;
  /** The store behind it, whose fate is always fine. */
  readonly within: LoginStore;
}

/** How long a late answer takes, milliseconds. */
export const lateness = 120;

/** A memory store that works until it is told not to. */
export function unsteadyStore(options: MemoryStoreOptions = {}): UnsteadyStore {
  const within = memoryStore(options);
  const meet = <T>(work: () => Promise<T>): Promise<T> => {
    const { fate } = unsteady;
    if (fate === "works") return work();
    if (fate === "throws") throw new Error("connect ECONNREFUSED");
    if (fate === "rejects") return Promise.reject(new Error("connection lost"));
    if (fate === "hangs") return new Promise(() => undefined);
    if (fate === "late") return work().then((value) => new Promise((resolve) => setTimeout(resolve, lateness, value)));
    if (fate === "rejects late") return new Promise((_, reject) => setTimeout(reject, lateness, new Error("connection lost")));
    if ("gives" in fate) return fate.gives(work() as Promise<never>) as Promise<T>;
    return work().then((value) => fate.answers(value as never) as T);
  };
  const unsteady: UnsteadyStore = {
    name: "unsteady",
    fate: "works",
    asked: 0,
    within,
    exchange(parts) {
      unsteady.asked++;
      return meet(() => within.exchange(parts));
    },
    compact: (fold) => meet(() => within.compact(fold)),
    journalsOf: (owner) => meet(() => within.journalsOf(owner)),
    forget: (owner) => meet(() => within.forget(owner)),
  };
  return unsteady;
}
