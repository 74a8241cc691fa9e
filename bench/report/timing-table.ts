import type { Candidate, Timings } from "../measure/rounds.js";
import { ratiosOf, spreadOf } from "../measure/statistics.js";
import type { Row, Table } from "./report.js";

/** A table of timed candidates, each beside the reference: the rate is the median round, "slower" the median of each round's ratio. */
export function timingTable(title: string, candidates: readonly Candidate[], timings: Timings, reference: string, what = "events"): Table {
  const base = timings.get(reference)!;
  const rows = candidates.map(({ name }): Row => {
    const times = timings.get(name)!;
    const { median } = spreadOf(times);
    return { name, rate: 1e9 / median, ns: spreadOf(times), slower: ratiosOf(times, base) };
  });
  return {
    title,
    columns: [
      { key: "name", heading: "candidate", unit: "text" },
      { key: "rate", heading: what, unit: "per-second" },
      { key: "ns", heading: "time each [min..max]", unit: "ns" },
      { key: "slower", heading: `times that of "${reference}" [min..max]`, unit: "ratio" },
    ],
    rows,
  };
}

/** How many times longer one candidate took than another: the median of each round's ratio. */
export function timesLonger(timings: Timings, candidate: string, than: string): number {
  return ratiosOf(timings.get(candidate)!, timings.get(than)!).median;
}
