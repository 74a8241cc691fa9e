import type { Recount } from "./harness/recount.js";

/** What one fault run showed. */
export interface FaultFigures extends Recount {
  /** What was done to the store. */
  readonly fault: string;
  readonly logins: number;
  /** Exceptions that reached a login, and errors that nobody caught. */
  readonly exceptions: readonly string[];
  /** Milliseconds of a single answer, begin or conclude. */
  readonly slowest: number;
  readonly p99: number;
  readonly deadline: number;
  /** What of the slowest answer is this machine's and not the guard's, milliseconds: see `toleranceOf`. */
  readonly tolerance: number;
  /** Logins by who counted their begin. */
  readonly begun: { readonly store: number; readonly local: number; readonly nobody: number };
  readonly honest: { readonly logins: number; readonly admitted: number };
  /** Milliseconds from when the store could be reached again until a login was counted there; `undefined` where that is no question, or never. */
  readonly backAfter: number | undefined;
  /** What else is to be said. */
  readonly notes: readonly string[];
  /** Laws that were broken. */
  readonly broken: readonly string[];
}

/** How late a timer may be for no fault of the guard's: a deadline and the turn of the loop behind it, either of them behind the longest stall that was seen. */
export function toleranceOf(longestStall: number): number {
  return 25 + 2 * longestStall;
}

/** The value below which 99 of 100 lie; 0 of none. */
export function percentile99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0;
}
