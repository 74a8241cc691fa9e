import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Action } from "../../../src/core/model/action.js";

/** What a guard with a clock of its own is asked to do. */
export interface SkewedQuestion {
  readonly ask: "begin" | "guess" | "log in" | "await a factor" | "resume";
  readonly account: string;
  readonly source: string;
  /** A device cookie, or for `resume` an attempt's. */
  readonly token?: string;
}

/** What it says. */
export interface SkewedAnswer {
  /** By its own clock. */
  readonly ownTime: number;
  readonly action: Action;
  readonly retryAt?: number | undefined;
  /** Whom the verdicts speak of. */
  readonly scopes?: readonly string[];
  readonly admitted?: boolean;
  readonly token?: string;
  /** How many attacks it raised so far, until when it said that locks last, and when it thinks its last event happened. */
  readonly detections: number;
  readonly locks: readonly number[];
  readonly eventAt: number;
}

/** A guard in a process of its own. */
export interface SkewedProcess {
  ask(question: SkewedQuestion): Promise<SkewedAnswer>;
  end(): Promise<void>;
}

/** Starts one whose `Date.now` is off by some milliseconds, on the Redis at a port. */
export async function skewedProcess(port: number, skew: number): Promise<SkewedProcess> {
  const child = fork(fileURLToPath(new URL("./skewed-guard.ts", import.meta.url)), [String(port), String(skew)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  await Promise.race([once(child, "message"), ended.then(() => Promise.reject(new Error("the process of the guard ended at once")))]);
  return {
    async ask(question) {
      const answered = once(child, "message");
      child.send(question);
      const [answer] = (await answered) as [SkewedAnswer | { readonly failed: string }];
      if ("failed" in answer) throw new Error(answer.failed);
      return answer;
    },
    async end() {
      child.disconnect();
      await ended;
    },
  };
}
