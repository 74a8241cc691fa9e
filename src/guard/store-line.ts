import { oneLine } from "../core/engine/one-line.js";
import type { Degradation } from "../core/model/decision.js";
import type { LoginStore, StoreAnswer, StorePart } from "../stores/store.js";
import { StoreError } from "../stores/store-error.js";
import type { StoreFailurePolicy } from "./guard-options.js";
import { type GuardHooks, report } from "./hooks.js";

/** Who answered: the store, this process in its place, or nobody. */
export type Reached = "store" | "local" | "nobody";

/** Reads what a store answered to an exchange. */
export type ReadAnswers<T> = (answers: readonly StoreAnswer[], store: LoginStore) => T;

/** What came of reaching for the store. */
export interface Reach<T> {
  readonly reached: Reached;
  /** `undefined` where nobody answered. */
  readonly value: T | undefined;
  /** Listed in the decision where the store itself did not answer. */
  readonly degraded: readonly Degradation[];
}

/** The way to a store: with a deadline, a pause after a failure, and something that stands in for it. */
export interface StoreLine {
  /**
   * Exchanges parts and reads the answers; an answer that cannot be read is a failure like none at all. Never rejects.
   */
  exchange<T>(parts: readonly StorePart[], read: ReadAnswers<T>, deadlineAt?: number): Promise<Reach<T>>;
  /** The same of what stands in for the store, for an attempt that began there. */
  exchangeLocally<T>(parts: readonly StorePart[], read: ReadAnswers<T>): Promise<Reach<T>>;
  /** Tells the store something, if it is asked at all now; nothing comes of a failure but its report. */
  tryStore(parts: readonly StorePart[], deadlineAt?: number): Promise<void>;
  /** When a call that begins now must have its answers, in `performance.now()`. */
  deadline(): number;
}

/** What a line is made of. */
interface LineOptions {
  readonly store: LoginStore;
  readonly local: LoginStore;
  /** Milliseconds. */
  readonly deadline: number;
  readonly onFailure: StoreFailurePolicy;
  readonly hooks: GuardHooks;
}

/** For how long nobody asks a store that failed; then one call tries, and the others wait for how it fares. */
const pause = 1_000;

/** The way to one store. */
export function storeLine({ store, local, deadline, onFailure, hooks }: LineOptions): StoreLine {
  let pausedUntil = Number.NEGATIVE_INFINITY;
  const spoken = { allow: "ABSTAIN", local: "ABSTAIN", challenge: "CHALLENGE", block: "BLOCK" } as const;
  const failed = (detail: string): readonly Degradation[] => [{ kind: "store-failure", detail, did: spoken[onFailure] }];

  const exchangeLocally: StoreLine["exchangeLocally"] = async (parts, read) => {
    const degraded = failed("counted by this process alone");
    return { reached: "local", value: read(await local.exchange(parts), local), degraded };
  };
  const standIn = async <T>(detail: string, parts: readonly StorePart[], read: ReadAnswers<T>): Promise<Reach<T>> => {
    const degraded = failed(onFailure === "local" ? `${detail}; counted by this process alone` : detail);
    if (onFailure !== "local") return { reached: "nobody", value: undefined, degraded };
    return { reached: "local", value: read(await local.exchange(parts), local), degraded };
  };
  return {
    deadline: () => performance.now() + deadline,
    exchangeLocally,
    async tryStore(parts, deadlineAt = performance.now() + deadline) {
      const now = performance.now();
      if (parts.length === 0 || now < pausedUntil) return;
      try {
        await before(store.exchange(parts), deadlineAt - now);
        pausedUntil = Number.NEGATIVE_INFINITY;
      } catch (error) {
        pausedUntil = performance.now() + pause;
        report(hooks, { where: "store", error });
      }
    },
    async exchange(parts, read, deadlineAt = performance.now() + deadline) {
      const now = performance.now();
      if (now < pausedUntil) return standIn("it did not answer a moment ago", parts, read);
      const wasDown = pausedUntil > Number.NEGATIVE_INFINITY;
      if (wasDown) pausedUntil = now + pause;
      try {
        const answers = await before(store.exchange(parts), deadlineAt - now);
        if (!Array.isArray(answers) || answers.length !== parts.length)
          throw new StoreError("nonsense", `\`${store.name}\` gave no answer for each part`);
        const value = read(answers, store);
        pausedUntil = Number.NEGATIVE_INFINITY;
        return { reached: "store", value, degraded: none };
      } catch (error) {
        pausedUntil = performance.now() + pause;
        report(hooks, { where: "store", error });
        return standIn(oneLine(error), parts, read);
      }
    },
  };
}

const none: readonly Degradation[] = [];

/** A promise's value, or a rejection once the time is over. What the promise does later is nobody's business. */
function before<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new StoreError("deadline", "it did not answer within the deadline")), Math.max(0, milliseconds));
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
