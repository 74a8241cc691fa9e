import { setTimeout as sleep } from "node:timers/promises";
import type { Action } from "../../../src/core/model/action.js";
import type { Guard } from "../../../src/guard/create-guard.js";
import type { Reached } from "../../../src/guard/store-line.js";
import { right, wrong } from "../../support/results.js";
import { stoodIn } from "./stood-in.js";

/** What became of one login. */
export interface Login {
  readonly account: string;
  readonly source: string;
  /** Whether the password was right: then an honest person's. */
  readonly honest: boolean;
  readonly id: string;
  /** By `performance.now()`, when it began. */
  readonly at: number;
  readonly action: Action;
  readonly admitted: boolean;
  /** Milliseconds until each of the two answers. */
  readonly took: readonly [begin: number, conclude: number];
  readonly begunBy: Reached;
  readonly concludedBy: Reached;
}

/** Logins that go on until they are told to stop. */
export interface LoginLoad {
  readonly logins: readonly Login[];
  /** What reached a login as an exception. */
  readonly exceptions: readonly string[];
  stop(): Promise<void>;
}

/** How many logins are on their way at any time. */
export const inFlight = 64;

/** How long a password check takes, milliseconds: what a hash made for passwords needs. */
const checkFor = 40;

/** How many wrong passwords each account under attack sees, always from one source: never enough for a limit to speak. */
const guessesEach = 8;

/** Every other login is an honest person's; the others guess, eight times at each account. Nobody is blocked where nothing is wrong. */
export function startLoginLoad(guard: Guard, prefix: string): LoginLoad {
  const logins: Login[] = [];
  const exceptions: string[] = [];
  let next = 0;
  let running = true;
  const worker = async (): Promise<void> => {
    while (running) {
      const n = next++;
      const honest = n % 2 === 0;
      const who = honest ? n : Math.floor(n / (2 * guessesEach));
      const account = `${prefix}-${honest ? "honest" : "prey"}-${who}`;
      try {
        logins.push(await logIn(guard, account, sourceOf(who, honest), honest));
      } catch (error) {
        exceptions.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const workers = Array.from({ length: inFlight }, worker);
  return {
    logins,
    exceptions,
    async stop() {
      running = false;
      await Promise.all(workers);
    },
  };
}

async function logIn(guard: Guard, account: string, source: string, honest: boolean): Promise<Login> {
  const at = performance.now();
  const attempt = await guard.begin({ account, source });
  const begun = performance.now();
  const begunBy = stoodIn(attempt.decision);
  // half of a second's load finds its password check finished while others begin
  await sleep(checkFor * (0.5 + Math.random()));
  const checked = performance.now();
  const { admitted, decision } = await attempt.conclude(honest ? right : wrong);
  const took = [begun - at, performance.now() - checked] as const;
  return { account, source, honest, id: attempt.id, at, action: decision.action, admitted, took, begunBy, concludedBy: stoodIn(decision) };
}

/** A network of its own for everybody. */
function sourceOf(who: number, honest: boolean): string {
  return `2001:db8:${(2 * (who >> 16) + (honest ? 1 : 0)).toString(16)}:${(who & 0xffff).toString(16)}::1`;
}
