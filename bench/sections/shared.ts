import { RateLimiterRedis } from "rate-limiter-flexible";
import { type Attempt, createGuard, type Guard } from "../../src/guard/public.js";
import { redisStore } from "../../src/stores/redis/public.js";
import { casStore } from "../candidates/cas-store.js";
import { seededRandom } from "../input/random.js";
import { zipfRanks } from "../input/zipf.js";
import { inFlight, quantile } from "../measure/in-flight.js";
import { type Candidate, timeAlternating } from "../measure/rounds.js";
import { spreadOf } from "../measure/statistics.js";
import { showProgress } from "../report/progress.js";
import type { Report, Row, Table } from "../report/report.js";
import { timesLonger } from "../report/timing-table.js";
import { type OwnRedis, startOwnRedis } from "../services/own-redis.js";

const ping = "PING";
const limiter = "RateLimiterRedis.consume, one key";
const begin = "begin";
const beginAndConclude = "begin + conclude";
const cas = "begin by compare and swap";

const width = 64;
const calls = 20_000;
const rounds = 5;
const population = 100_000;

/** How the accounts and sources of attempts are drawn. */
type Draw = "uniform" | "Zipf 1.0";

/** The guard on a shared Redis, 64 calls under way, beside a limiter of one key and a compare-and-swap design. */
export async function benchShared(): Promise<Report> {
  const redis = await startOwnRedis();
  const sizes = `${calls.toLocaleString("en-US")} calls a run, ${width} under way on one ioredis connection, ${population.toLocaleString("en-US")} accounts and half as many sources, default policy`;
  const title = "a guard in Redis";
  if (redis === undefined)
    return { section: "shared", title, sizes, tables: [], aims: [], notes: ["not measured: no `redis-server` here"] };
  try {
    const uniform = await measure(redis, "uniform");
    const hot = await measure(redis, "Zipf 1.0");
    const p99 = (name: string): number => quantile(uniform.latencies.get(name)!, 0.99) / quantile(uniform.latencies.get(ping)!, 0.99);
    return {
      section: "shared",
      title,
      sizes,
      tables: [uniform.table, hot.table],
      aims: [
        {
          what: "begin's rate / consume's, uniform",
          bound: "at least",
          wanted: 0.3,
          got: timesLonger(uniform.timings, limiter, begin),
          unit: "ratio",
        },
        {
          what: "begin + conclude / consume's, uniform",
          bound: "at least",
          wanted: 0.18,
          got: timesLonger(uniform.timings, limiter, beginAndConclude),
          unit: "ratio",
        },
        {
          what: "begin's rate / consume's, hot keys",
          bound: "at least",
          wanted: 0.3,
          got: timesLonger(hot.timings, limiter, begin),
          unit: "ratio",
        },
        {
          what: "begin's rate / compare and swap's, hot keys",
          bound: "at least",
          wanted: 4,
          got: timesLonger(hot.timings, cas, begin),
          unit: "ratio",
        },
        { what: "begin's p99 / PING's, uniform", bound: "at most", wanted: 10, got: p99(begin), unit: "ratio" },
      ],
      notes: [
        "a begin exchanges the groups of the account, of the pair and of the source in one round trip, counts exactly and judges all rules; consume counts one key in a fixed window",
        "with hot keys the most wanted accounts and sources are over their limits: their begins are blocked and take their reservation back, a second round trip",
      ],
    };
  } finally {
    await redis.close();
  }
}

interface Measured {
  readonly timings: Awaited<ReturnType<typeof timeAlternating>>;
  readonly latencies: ReadonlyMap<string, Float64Array>;
  readonly table: Table;
}

async function measure({ client }: OwnRedis, draw: Draw): Promise<Measured> {
  const latencies = new Map<string, Float64Array>();
  const attempts = drawAttempts(draw);
  let run = 0;
  const candidate = (name: string, prepare: () => (attempt: Attempt) => Promise<unknown>): Candidate => ({
    name,
    events: calls,
    run: async () => {
      run++;
      const call = prepare();
      latencies.set(name, await inFlight(width, calls, (index) => call(attempts[index]!)));
      await client.flushall();
    },
  });
  const guardOn = (kind: "append" | "cas"): Guard =>
    createGuard({
      store: kind === "append" ? redisStore({ client, prefix: `r${run}:` }) : casStore(client, `c${run}:`),
      deadline: { seconds: 30 },
      onFault: ({ error }) => {
        throw error;
      },
    });
  const candidates = [
    candidate(ping, () => () => client.ping()),
    candidate(limiter, () => {
      const limiters = new RateLimiterRedis({ storeClient: client, points: 1_000_000_000, duration: 900, keyPrefix: `l${run}` });
      return ({ account }) => limiters.consume(account);
    }),
    candidate(begin, () => {
      const guard = guardOn("append");
      return (attempt) => guard.begin(attempt);
    }),
    candidate(beginAndConclude, () => {
      const guard = guardOn("append");
      return async (attempt) =>
        (await guard.begin(attempt)).conclude({ ok: true, account: { status: "active", type: "human", mfaEnrolled: true } });
    }),
    candidate(cas, () => {
      const guard = guardOn("cas");
      return (attempt) => guard.begin(attempt);
    }),
  ];
  const timings = await timeAlternating(candidates, {
    rounds,
    roundMs: 0,
    warmUps: 1,
    onRound: (round) => showProgress(`shared, ${draw}: round ${round} of ${rounds}`),
  });
  const rows = candidates.map(({ name }): Row => {
    const { median } = spreadOf(timings.get(name)!);
    return {
      name,
      rate: 1e9 / median,
      p50: quantile(latencies.get(name)!, 0.5) * 1e6,
      p99: quantile(latencies.get(name)!, 0.99) * 1e6,
      ratio: timesLonger(timings, limiter, name),
    };
  });
  const table: Table = {
    title: `keys drawn ${draw}`,
    columns: [
      { key: "name", heading: "call", unit: "text" },
      { key: "rate", heading: "calls", unit: "per-second" },
      { key: "p50", heading: "median", unit: "ns" },
      { key: "p99", heading: "p99", unit: "ns" },
      { key: "ratio", heading: "rate / consume's", unit: "ratio" },
    ],
    rows,
  };
  return { timings, latencies, table };
}

function drawAttempts(draw: Draw): readonly Attempt[] {
  const random = seededRandom(9);
  const rank = draw === "uniform" ? () => Math.floor(random() * population) : zipfRanks(random, population);
  return Array.from({ length: calls }, (): Attempt => {
    const source = rank() >> 1;
    return { account: `account-${rank()}@example.com`, source: `198.${18 + (source >> 16)}.${(source >> 8) & 255}.${source & 255}` };
  });
}
