import { advance, createState, defaultPolicy, type LoginEvent, type LoginState, stateSize } from "../../src/index.js";
import { type BareMaps, bareMaps, countInMaps } from "../candidates/bare-maps.js";
import { accountReplay } from "../input/account-replay.js";
import { liveHeapBytes, settleYoung } from "../measure/heap.js";
import { ratiosOf, type Spread } from "../measure/statistics.js";
import { showProgress } from "../report/progress.js";
import type { Report, Row } from "../report/report.js";

const replayed = 1_000_000;
const chunk = 20_000;
const roomy = 8_000_000;
const sizes = [1_000, 10_000, 100_000, 1_000_000];

/** `advance` with the whole default policy over a million events, from a thousand accounts to a million. */
export async function benchAdvance(): Promise<Report> {
  warmUp();
  const runs = sizes.map((accounts) => replay({ accounts, maxGroups: roomy, millions: 1 }));
  const again = replay({ accounts: 1_000_000, maxGroups: roomy, millions: 2 });
  const capped = replay({ accounts: 1_000_000, maxGroups: 1_000_000, millions: 1 });
  const base = runs[0]!.ns;
  const rows = [
    ...runs.map((run) => row(run, "", base)),
    row(again, ", second million", base),
    row(capped, ", default cap of 1,000,000 groups", base),
  ];
  const worst = Math.max(...runs.map(({ ratio }) => ratio.median));
  return {
    section: "advance",
    title: "the whole default policy, a million events",
    sizes: `${replayed.toLocaleString("en-US")} events a row, evenly over the accounts, 8 % failures, a day of event time; in turns of ${chunk.toLocaleString("en-US")} events, parsed afresh for each candidate (not timed)`,
    tables: [
      {
        title: "",
        columns: [
          { key: "name", heading: "accounts", unit: "text" },
          { key: "ns", heading: "advance", unit: "ns" },
          { key: "mapsNs", heading: "Map increments", unit: "ns" },
          { key: "ratio", heading: "ratio per turn [min..max]", unit: "ratio" },
          { key: "whole", heading: "ratio, whole", unit: "ratio" },
          { key: "growth", heading: "to 1,000 accounts", unit: "ratio" },
          { key: "groups", heading: "groups kept", unit: "count" },
          { key: "perAccount", heading: "heap per account", unit: "bytes" },
          { key: "perGroup", heading: "per group", unit: "bytes" },
        ],
        rows,
      },
    ],
    aims: [
      { what: "advance / bare Map increments, the worst size", bound: "at most", wanted: 5, got: worst, unit: "ratio" },
      { what: "advance at 1,000,000 accounts / at 1,000", bound: "at most", wanted: 2, got: runs.at(-1)!.ns / base, unit: "ratio" },
      {
        what: "growth of advance from 1,000 to 1,000,000 accounts / growth of a bare Map",
        bound: "at most",
        wanted: 1,
        got: runs.at(-1)!.ns / base / (runs.at(-1)!.mapsNs / runs[0]!.mapsNs),
        unit: "ratio",
      },
    ],
    notes: [
      "advance and the Maps: mean time per event over the whole replay; the ratio beside it is the median of the ratios turn by turn",
      "Map increments: get and set of a number under account, account and source, and source; a string-keyed Map itself slows down as it grows",
      "heap per account: what the state alone keeps alive after the replay, keys included, over the accounts that it has seen",
    ],
  };
}

interface Replay {
  readonly accounts: number;
  readonly maxGroups: number;
  /** How many millions of events; only the last is timed. */
  readonly millions: number;
}

interface Replayed {
  readonly accounts: number;
  readonly ns: number;
  readonly mapsNs: number;
  readonly ratio: Spread;
  readonly groups: number;
  readonly perAccount: number;
  readonly perGroup: number;
}

function row(run: Replayed, what: string, base: number): Row {
  const { accounts, ...figures } = run;
  return { name: accounts.toLocaleString("en-US") + what, ...figures, whole: run.ns / run.mapsNs, growth: run.ns / base };
}

function warmUp(): void {
  let state = createState();
  const maps = bareMaps();
  for (const text of accountReplay({ accounts: 5_000, events: 100_000, chunk, seed: 1 })) {
    state = advanceAll(parse(text), state);
    countInMaps(maps, parse(text));
  }
}

function replay({ accounts, maxGroups, millions }: Replay): Replayed {
  const before = liveHeapBytes();
  const held = { state: createState({ maxGroups }), maps: bareMaps() as BareMaps | undefined };
  const own: number[] = [];
  const bare: number[] = [];
  for (let million = 0; million < millions; million++) {
    own.length = 0;
    bare.length = 0;
    for (const text of accountReplay({ accounts, events: replayed, chunk, seed: 7, from: million * replayed })) {
      own.push(
        nsPerEvent(parse(text), (events) => {
          held.state = advanceAll(events, held.state);
        }),
      );
      bare.push(nsPerEvent(parse(text), (events) => countInMaps(held.maps!, events)));
      showProgress(`advance: ${accounts} accounts, ${own.length * chunk} events`);
    }
  }
  held.maps = undefined;
  const bytes = liveHeapBytes() - before;
  const { groups } = stateSize(held.state);
  return {
    accounts,
    ns: mean(own),
    mapsNs: mean(bare),
    ratio: ratiosOf(own, bare),
    groups,
    perAccount: bytes / accounts,
    perGroup: bytes / groups,
  };
}

function parse(text: string): readonly LoginEvent[] {
  return JSON.parse(text) as LoginEvent[];
}

function nsPerEvent(events: readonly LoginEvent[], handle: (events: readonly LoginEvent[]) => void): number {
  settleYoung();
  const start = process.hrtime.bigint();
  handle(events);
  return Number(process.hrtime.bigint() - start) / events.length;
}

/** In a function of its own, so that the engine compiles it once for all sizes. */
function advanceAll(events: readonly LoginEvent[], from: LoginState): LoginState {
  let state = from;
  for (const event of events) state = advance(event, state, defaultPolicy).state;
  return state;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
