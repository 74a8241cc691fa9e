import { oneLine } from "../core/engine/one-line.js";
import type { Degradation } from "../core/model/decision.js";
import type { LoginStore, StoreAnswer, StorePart } from "../stores/store.js";
import { StoreError } from "../stores/store-error.js";
import type { StoreFailurePolicy } from "./guard-options.js";
import { type GuardHooks, report } from "./hooks.js";
import { withinDeadline } from "./within-deadline.js";

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
   * Exchanges parts and reads the answers; an answer that cannot be read is a failure like none at all. Never rejects. Where there are no parts nobody
   * is asked.
   */
  exchange<T>(parts: readonly StorePart[], read: ReadAnswers<T>, deadlineAt?: number): Promise<Reach<T>>;
  /** The same of what stands in for the store, for an attempt that began there. */
  exchangeLocally<T>(parts: readonly StorePart[], read: ReadAnswers<T>): Promise<Reach<T>>;
  /** Tells the store something, if it is asked at all now; nothing comes of a failure but its report. */
  tryStore(parts: readonly StorePart[], read: ReadAnswers<unknown>, deadlineAt?: number): Promise<void>;
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

  /** Asks the store. Rejects with what it did instead of answering. */
  const ask = async <T>(parts: readonly StorePart[], read: ReadAnswers<T>, now: number, deadlineAt: number): Promise<T> => {
    // who asks a store that failed is the one that tries, however long that takes
    if (pausedUntil > Number.NEGATIVE_INFINITY) pausedUntil = Math.max(now + pause, deadlineAt);
    let isAnswer = false;
    try {
      const answers = await withinDeadline(store.exchange(parts), deadlineAt - now);
      if (!Array.isArray(answers) || answers.length !== parts.length)
        throw new StoreError("nonsense", `\`${store.name}\` gave no answer for each part`);
      isAnswer = true;
      pausedUntil = Number.NEGATIVE_INFINITY;
      return read(answers, store);
    } catch (error) {
      // what had only the time that another call left over says nothing of the store when it runs out of it
      const ranOutOfLittle = error instanceof StoreError && error.code === "deadline" && deadlineAt - now < deadline / 2;
      // and a journal that cannot be read is one group's: were it a reason to pause, whoever asks for it would keep everybody from the store
      if (!isAnswer && !ranOutOfLittle) pausedUntil = performance.now() + pause;
      report(hooks, { where: "store", error });
      throw error;
    }
  };
  const askLocally = async <T>(parts: readonly StorePart[], read: ReadAnswers<T>, detail: string): Promise<Reach<T>> => {
    try {
      return { reached: "local", value: read(await local.exchange(parts), local), degraded: failed(detail) };
    } catch (error) {
      // nobody counts any more: then not everybody may guess
      report(hooks, { where: "store", error });
      return { reached: "nobody", value: undefined, degraded: [{ kind: "store-failure", detail: oneLine(error), did: "CHALLENGE" }] };
    }
  };
  const exchangeLocally: StoreLine["exchangeLocally"] = (parts, read) => askLocally(parts, read, "counted by this process alone");
  const standIn = async <T>(detail: string, parts: readonly StorePart[], read: ReadAnswers<T>): Promise<Reach<T>> => {
    if (onFailure !== "local") return { reached: "nobody", value: undefined, degraded: failed(detail) };
    return askLocally(parts, read, `${detail}; counted by this process alone`);
  };
  return {
    deadline: () => performance.now() + deadline,
    exchangeLocally,
    async tryStore(parts, read, deadlineAt = performance.now() + deadline) {
      const now = performance.now();
      if (parts.length === 0 || now < pausedUntil) return;
      await ask(parts, read, now, deadlineAt).catch(() => undefined);
    },
    async exchange(parts, read, deadlineAt = performance.now() + deadline) {
      if (parts.length === 0) return { reached: "store", value: read([], store), degraded: none };
      const now = performance.now();
      if (now < pausedUntil) return standIn("it did not answer a moment ago", parts, read);
      try {
        return { reached: "store", value: await ask(parts, read, now, deadlineAt), degraded: none };
      } catch (error) {
        return standIn(oneLine(error), parts, read);
      }
    },
  };
}

const none: readonly Degradation[] = [];
