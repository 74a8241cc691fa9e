import { collectGarbage } from "./heap.js";

/** One thing to time. */
export interface Candidate {
  readonly name: string;
  /** How many events one run handles. */
  readonly events: number;
  /** Makes a run's input; not timed. */
  readonly prepare?: () => void;
  /** Handles the events; what it returns keeps the work from being optimised away. */
  readonly run: () => unknown;
}

/** How long to measure. */
export interface Timing {
  readonly rounds: number;
  /** A round repeats short runs until about this many milliseconds have passed. */
  readonly roundMs: number;
  readonly warmUps: number;
  /** Told after each round. */
  readonly onRound?: (round: number) => void;
}

/** Candidate name -> nanoseconds per event, one figure a round. */
export type Timings = ReadonlyMap<string, readonly number[]>;

/**
 * Times candidates side by side: candidate by candidate within a round, round after round, so that a noisy minute hits all of them.
 * Each round begins with collected garbage.
 */
export async function timeAlternating(candidates: readonly Candidate[], timing: Timing): Promise<Timings> {
  const repeats = new Map<string, number>();
  for (const candidate of candidates) {
    let wanted = 1;
    for (let i = 0; i < timing.warmUps; i++) {
      const ns = await timeRuns(candidate, wanted);
      wanted = Math.max(1, Math.round((timing.roundMs * 1e6) / (ns * candidate.events)));
    }
    repeats.set(candidate.name, wanted);
  }
  const timings = new Map<string, number[]>(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round < timing.rounds; round++) {
    for (const candidate of candidates) timings.get(candidate.name)!.push(await timeRuns(candidate, repeats.get(candidate.name)!));
    timing.onRound?.(round + 1);
  }
  return timings;
}

let sink: unknown;

/** Nanoseconds per event over some runs of one candidate. */
async function timeRuns(candidate: Candidate, repeats: number): Promise<number> {
  collectGarbage();
  let spent = 0;
  for (let i = 0; i < repeats; i++) {
    candidate.prepare?.();
    const from = process.hrtime.bigint();
    const result = candidate.run();
    sink = result instanceof Promise ? await result : result;
    spent += Number(process.hrtime.bigint() - from);
  }
  return spent / (repeats * candidate.events);
}

/** What was last computed: read by nobody, so that nothing measured is dead code. */
export function lastResult(): unknown {
  return sink;
}
