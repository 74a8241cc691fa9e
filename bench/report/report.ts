import type { Spread } from "../measure/statistics.js";

/** What one section found, as data: printed as tables or as JSON. */
export interface Report {
  readonly section: string;
  readonly title: string;
  /** Sizes of the input, in words. */
  readonly sizes: string;
  readonly tables: readonly Table[];
  readonly aims: readonly Aim[];
  readonly notes: readonly string[];
}

/** Rows under named columns. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** One row: a value for each column's key; absent where there is nothing to say. */
export type Row = { readonly [key: string]: string | number | Spread | undefined };

/** A column and how its values are written. */
export interface Column {
  readonly key: string;
  readonly heading: string;
  readonly unit: "text" | "ns" | "per-second" | "ratio" | "bytes" | "count";
}

/** A figure beside what was aimed at. Never a pass or a fail: a noisy minute is no defect. */
export interface Aim {
  readonly what: string;
  readonly bound: "at most" | "at least";
  readonly wanted: number;
  readonly got: number;
  readonly unit: Column["unit"];
}

/** Whether this run reached an aim. */
export function isReached({ bound, wanted, got }: Aim): boolean {
  return bound === "at most" ? got <= wanted : got >= wanted;
}
