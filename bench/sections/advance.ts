import { advance, createState, defaultPolicy, type LoginEvent, type LoginState, stateSize } from "../../src/index.js";
import { type BareMaps, bareMaps, countInMaps } from "../candidates/bare-maps.js";
import { accountReplay } from "../input/account-replay.js";
import { liveHeapBytes } from "../measure/heap.js";
import { replayInTurns, type TurnTimings } from "../measure/replay-in-turns.js";
import { showProgress } from "../report/progress.js";
import type { Report, Row, Table } from "../report/report.js";

const million = 1_000_000;
const chunk = 1_000;
const roomy = 8_000_000;

/** `advance` with the whole default policy over a million events, from a thousand accounts to a million. */
export async function benchAdvance(): Promise<Report> {
  replay(memory(roomy), { accounts: 5_000, from: 0, events: 100_000 });
  const small = [1_000, 10_000, 100_000].map((accounts) => replay(memory(roomy), { accounts, from: 0, events: million }));
  const large = memory(roomy);
  const first = replay(large, { accounts: million, from: 0, events: million });
  countFirstMillion(large);
  const second = replay(large, { accounts: million, from: million, events: million / 2 });
  const capped = replay(memory(million), { accounts: million, from: 0, events: million / 2 });
  const sizes = [...small, first];
  const base = sizes[0]!;
  return {
    section: "advance",
    title: "the whole default policy, a million events",
    sizes: `1,000,000 events a row, evenly over the accounts, 8 % failures, a day of event time; in turns of ${chunk.toLocaleString("en-US")}, parsed afresh for each candidate (not timed); room for ${roomy.toLocaleString("en-US")} groups`,
    tables: [
      table([
        ...sizes.map((replayed) => row(replayed, base, "")),
        row(second, base, ", the next 500,000 events"),
        row(capped, base, ", 500,000 events, default room for 1,000,000 groups"),
      ]),
    ],
    aims: [
      ...sizes.map(({ accounts, timings }) => ({
        what: `advance / bare Map increments, ${accounts.toLocaleString("en-US")} accounts`,
        bound: "at most" as const,
        wanted: 5,
        got: timings.own / timings.reference,
        unit: "ratio" as const,
      })),
      {
        what: "advance at 1,000,000 accounts / at 1,000",
        bound: "at most",
        wanted: 2,
        got: first.timings.own / base.timings.own,
        unit: "ratio",
      },
    ],
    notes: [
      "times are means over the whole replay, pauses of the collector included; the aims are the ratios of these means",
      "Map increments: get and set of a number under account, account and source, and source; a string-keyed Map itself slows down as it grows",
      "heap: what the state alone keeps alive after the replay, keys and ids included; groups whose windows have passed are gone by then",
    ],
  };
}

interface Memory {
  readonly heapBefore: number;
  state: LoginState;
  maps: BareMaps;
}

interface Replayed {
  readonly accounts: number;
  readonly timings: TurnTimings;
  readonly groups: number;
  readonly bytes: number;
}

function memory(maxGroups: number): Memory {
  return { heapBefore: liveHeapBytes(), state: createState({ maxGroups }), maps: bareMaps() };
}

/** Replays events into a memory. Its Maps are dropped afterwards, so that the heap left is the state's. */
function replay(held: Memory, { accounts, from, events }: { accounts: number; from: number; events: number }): Replayed {
  const timings = replayInTurns<LoginEvent>(
    accountReplay({ accounts, events, chunk, seed: 7, from }),
    {
      own(parsed) {
        held.state = advanceAll(parsed, held.state);
      },
      reference: (parsed) => countInMaps(held.maps, parsed),
    },
    (done) => showProgress(`advance: ${accounts.toLocaleString("en-US")} accounts, ${done.toLocaleString("en-US")} events`),
  );
  held.maps = bareMaps();
  const bytes = liveHeapBytes() - held.heapBefore;
  return { accounts, timings, groups: stateSize(held.state).groups, bytes };
}

/** Counts again what was dropped, so that both sides go on from where they were. */
function countFirstMillion(held: Memory): void {
  const texts = accountReplay({ accounts: million, events: million, chunk, seed: 7 });
  for (const text of texts) countInMaps(held.maps, JSON.parse(text) as LoginEvent[]);
}

/** In a function of its own, so that the engine compiles it once for all sizes. */
function advanceAll(events: readonly LoginEvent[], from: LoginState): LoginState {
  let state = from;
  for (const event of events) state = advance(event, state, defaultPolicy).state;
  return state;
}

function table(rows: readonly Row[]): Table {
  return {
    title: "",
    columns: [
      { key: "name", heading: "accounts", unit: "text" },
      { key: "ns", heading: "advance", unit: "ns" },
      { key: "mapsNs", heading: "Map increments", unit: "ns" },
      { key: "whole", heading: "ratio", unit: "ratio" },
      { key: "ratio", heading: "of blocks [min..max]", unit: "ratio" },
      { key: "growth", heading: "to 1,000 accounts", unit: "ratio" },
      { key: "groups", heading: "groups kept", unit: "count" },
      { key: "perGroup", heading: "heap per group", unit: "bytes" },
      { key: "perAccount", heading: "per account seen", unit: "bytes" },
    ],
    rows,
  };
}

function row({ accounts, timings, groups, bytes }: Replayed, base: Replayed, what: string): Row {
  const { own, reference, ratio } = timings;
  return {
    name: accounts.toLocaleString("en-US") + what,
    ns: own,
    mapsNs: reference,
    whole: own / reference,
    ratio,
    growth: own / base.timings.own,
    groups,
    perGroup: bytes / groups,
    perAccount: bytes / accounts,
  };
}
