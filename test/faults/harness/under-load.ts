import { setTimeout as sleep } from "node:timers/promises";
import { createGuard, type Guard } from "../../../src/guard/create-guard.js";
import type { GuardOptions } from "../../../src/guard/guard-options.js";
import type { LoginStore } from "../../../src/stores/store.js";
import { type FaultFigures, percentile99, toleranceOf } from "../fault-figures.js";
import { type Login, startLoginLoad } from "./login-load.js";
import { type Recount, recount } from "./recount.js";
import { watchStalls } from "./watch-stalls.js";
import { watchStrays } from "./watch-strays.js";

/** A fault, done to a store while 64 logins are on their way. */
export interface FaultUnderLoad {
  readonly fault: string;
  /** The store that the guard under load is given. */
  readonly store: LoginStore;
  /** The same memory by another way, which no fault touches. */
  readonly witness: LoginStore;
  readonly guard?: Omit<GuardOptions, "store">;
  /**
   * Does it, and undoes it. Gives when the store could be reached again by `performance.now()`, where it could not for a while.
   */
  readonly strike: () => Promise<number | undefined>;
  /** Whether the load outlives the fault until the store counts again; true by default. */
  readonly untilBack?: boolean;
  /** Whether what was acknowledged must still be there; true by default. */
  readonly remembers?: boolean;
  /** How long after its return a store may be left alone at most, milliseconds. */
  readonly backWithin?: number;
  /** Further laws, and what else is to be said. */
  readonly judge?: (logins: readonly Login[]) => { readonly broken?: readonly string[]; readonly notes?: readonly string[] };
}

const deadline = 250;

/** A guard that nobody disturbs asks the store for what it remembers; the longest pause is a second, and a client connects again in a fifth of one. */
const backWithinDefault = 2_000;

/** The load and what came of it. */
interface Endured {
  readonly logins: readonly Login[];
  readonly exceptions: readonly string[];
  /** When the store could be reached again. */
  readonly backAt: number | undefined;
  readonly longestStall: number;
  readonly counted: Recount;
}

/** Runs the load round a fault, and counts again what is remembered. */
async function endure(run: FaultUnderLoad): Promise<Endured> {
  const { store, witness, strike, untilBack = true, backWithin = backWithinDefault } = run;
  const [stalls, strays] = [watchStalls(), watchStrays()];
  try {
    const guard = createGuard({ deadline: { seconds: deadline / 1_000 }, ...run.guard, store });
    await warmUp(guard);
    const load = startLoginLoad(guard, run.fault.replaceAll(/\W+/g, "-"));
    let backAt: number | undefined;
    try {
      await sleep(150);
      backAt = await strike();
      if (backAt !== undefined && untilBack) await countedAgain(load.logins, backAt, backWithin);
      await sleep(150);
    } finally {
      await load.stop();
    }
    const longestStall = stalls.longest();
    // what was late is let come in before it is counted
    await sleep(100);
    const { logins } = load;
    const counted = await recount(createGuard({ store: witness }), logins);
    return { logins, exceptions: [...load.exceptions, ...strays.strays], backAt, longestStall, counted };
  } finally {
    stalls.stop();
    strays.stop();
  }
}

/** Runs the load round a fault, and holds what came of it against the laws. */
export async function underLoad(run: FaultUnderLoad): Promise<FaultFigures> {
  const { remembers = true, untilBack = true, backWithin = backWithinDefault } = run;
  const { logins, exceptions, backAt, longestStall, counted } = await endure(run);
  const took = logins.flatMap((login) => login.took);
  const honest = logins.filter((login) => login.honest);
  const { broken = [], notes = [] } = run.judge?.(logins) ?? {};
  const figures: Omit<FaultFigures, "broken"> = {
    fault: run.fault,
    logins: logins.length,
    exceptions,
    slowest: Math.max(0, ...took),
    p99: percentile99(took),
    deadline,
    tolerance: toleranceOf(longestStall),
    begun: { store: begunBy(logins, "store"), local: begunBy(logins, "local"), nobody: begunBy(logins, "nobody") },
    honest: { logins: honest.length, admitted: honest.filter(({ admitted }) => admitted).length },
    ...counted,
    backAfter: backAt === undefined ? undefined : firstCounted(logins, backAt),
    notes,
  };
  const missed = backAt !== undefined && untilBack && !((figures.backAfter ?? Number.POSITIVE_INFINITY) <= backWithin);
  return {
    ...figures,
    broken: [
      ...lawsBroken(figures, remembers),
      ...(missed ? [`the store was not used again within ${backWithin} ms, but after ${figures.backAfter?.toFixed(0) ?? "never"}`] : []),
      ...broken,
    ],
  };
}

/** What must hold of every run. */
function lawsBroken(figures: Omit<FaultFigures, "broken">, remembers: boolean): readonly string[] {
  const { logins, exceptions, slowest, tolerance, forgotten } = figures;
  return [
    ...(logins === 0 ? ["there was no load"] : []),
    ...exceptions.map((message) => `an exception: ${message}`),
    ...(slowest > deadline + tolerance ? [`an answer took ${slowest.toFixed(0)} ms, more than ${(deadline + tolerance).toFixed(0)}`] : []),
    ...(remembers && forgotten > 0 ? [`${forgotten} failures forgotten that the store had acknowledged`] : []),
  ];
}

/** The first call compiles, connects and loads scripts: not what a fault run measures. */
async function warmUp(guard: Guard): Promise<void> {
  for (let n = 0; n < 20; n++) await (await guard.begin({ account: `warm-${n}`, source: "192.0.2.1" })).cancel();
}

function begunBy(logins: readonly Login[], who: Login["begunBy"]): number {
  return logins.filter((login) => login.begunBy === who).length;
}

/** Milliseconds after which a login was counted by the store again. */
function firstCounted(logins: readonly Login[], backAt: number): number | undefined {
  const times = logins.filter(({ at, begunBy: who }) => at >= backAt && who === "store").map(({ at }) => at - backAt);
  return times.length === 0 ? undefined : Math.min(...times);
}

async function countedAgain(logins: readonly Login[], backAt: number, within: number): Promise<void> {
  const giveUpAt = performance.now() + within + 500;
  while (firstCounted(logins, backAt) === undefined && performance.now() < giveUpAt) await sleep(20);
}
