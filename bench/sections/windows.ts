import { RateLimiterMemory } from "rate-limiter-flexible";
import {
  abstain,
  bySource,
  count,
  createState,
  definePolicy,
  defineRule,
  failed,
  flag,
  type LoginEvent,
  type LoginState,
  stateSize,
  track,
} from "../../src/index.js";
import { parseLines } from "../input/decision-events.js";
import { failureStreamLines } from "../input/failure-stream.js";
import { heapOf } from "../measure/heap.js";
import { type Candidate, timeAlternating } from "../measure/rounds.js";
import { showProgress } from "../report/progress.js";
import type { Report } from "../report/report.js";
import { timesLonger, timingTable } from "../report/timing-table.js";

const bare = "bare Map increment";
const own = "portcullis track, one count";
const limiter = "RateLimiterMemory.consume";

const eventCount = 400_000;
const rounds = 5;
const limit = 10;

const failures = count({ where: failed, by: bySource, within: { minutes: 10 }, limit });
const policy = definePolicy({
  id: "one-window",
  rules: [
    defineRule({
      id: "failures-of-source",
      summary: "A source keeps failing.",
      phase: "before",
      reads: { failures },
      limits: [{ reads: "failures", at: limit, action: "FLAG" }],
      evaluate: ({ failures }) => (failures.value >= limit ? flag({ failures: failures.value }) : abstain),
      explain: (facts) => `${facts.failures} failures`,
    }),
  ],
});

/** Counting failures per source in a window: the memory alone. */
export async function benchWindows(): Promise<Report> {
  const events = parseLines(failureStreamLines({ events: eventCount, addresses: 100_000, seed: 5 }));
  const keys = new Set(events.map(({ source }) => source.ip)).size;
  const bytes = await bytesPerKey(events, keys);
  const candidates: Candidate[] = [
    { name: bare, events: events.length, run: () => countInMap(events) },
    { name: own, events: events.length, run: () => trackAll(events) },
    { name: limiter, events: events.length, run: () => consumeAll(events) },
  ];
  const timings = await timeAlternating(candidates, {
    rounds,
    roundMs: 0,
    warmUps: 2,
    onRound: (round) => showProgress(`windows: round ${round} of ${rounds}`),
  });
  const table = timingTable("", candidates, timings, bare);
  return {
    section: "windows",
    title: "failures per source in a window",
    sizes: `${eventCount.toLocaleString("en-US")} failures, ${keys.toLocaleString("en-US")} sources (Zipf 1.0 of 100,000), 10 minutes of event time`,
    tables: [
      {
        ...table,
        columns: [...table.columns, { key: "bytes", heading: "heap per key", unit: "bytes" }],
        rows: table.rows.map((row) => ({ ...row, bytes: bytes.get(row.name as string) })),
      },
    ],
    aims: [
      { what: "RateLimiterMemory / track", bound: "at least", wanted: 3, got: timesLonger(timings, limiter, own), unit: "ratio" },
      { what: "heap per key", bound: "at most", wanted: 300, got: bytes.get(own)!, unit: "bytes" },
    ],
    notes: [
      `track counts exactly up to ${limit} in a sliding window of event time, pure, idempotent by event id; RateLimiterMemory counts in fixed windows of the wall clock and never rejects here`,
      "heap per key after one pass, the events alive: their texts are not counted",
    ],
  };
}

async function bytesPerKey(events: readonly LoginEvent[], keys: number): Promise<ReadonlyMap<string, number>> {
  const bytes = new Map<string, number>();
  bytes.set(bare, (await heapOf(() => countInMap(events))) / keys);
  bytes.set(own, (await heapOf(() => trackAll(events))) / keys);
  bytes.set(limiter, (await heapOf(() => consumeAll(events))) / keys);
  return bytes;
}

function countInMap(events: readonly LoginEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { source } of events) counts.set(source.ip!, (counts.get(source.ip!) ?? 0) + 1);
  return counts;
}

function trackAll(events: readonly LoginEvent[]): LoginState {
  let state = createState();
  for (const event of events) state = track(event, state, policy);
  if (stateSize(state).groups === 0) throw new Error("nothing was tracked");
  return state;
}

async function consumeAll(events: readonly LoginEvent[]): Promise<RateLimiterMemory> {
  const counts = new RateLimiterMemory({ points: 1_000_000_000, duration: 600 });
  for (const { source } of events) await counts.consume(source.ip!);
  return counts;
}
