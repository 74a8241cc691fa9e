import { PGlite } from "@electric-sql/pglite";
import * as ioredis from "ioredis";
import * as pg from "pg";
import postgres from "postgres";
import * as redis from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Guard } from "../../src/guard/public.js";
import * as guardDoor from "../../src/guard/public.js";
import * as postgresDoor from "../../src/stores/postgres/public.js";
import * as redisDoor from "../../src/stores/redis/public.js";
import { runExample } from "../house/example-code.js";
import { textOf } from "../house/source-files.js";
import { type RedisCluster, startRedisCluster } from "../support/redis-cluster.js";
import { noPostgres, noRedis, noRedisServer, postgresUrl, redisUrl } from "../support/services.js";

const page = textOf("docs/reference/stores.md");
const blocks = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code]) => code!);
const schema = `docs_${process.pid}`;

/** Clients made by the examples, which never close what they open. */
const closing: (() => unknown)[] = [];

/** The same maker of clients, which notes how to close each. */
function noted<Made, Maker extends object>(maker: Maker, close: (made: Made) => unknown): Maker {
  const note = (made: Made): Made => {
    closing.push(() => close(made));
    return made;
  };
  return new Proxy(maker, {
    construct: (target, args) => note(Reflect.construct(target as new () => unknown, args) as Made) as object,
    apply: (target, self, args) => note(Reflect.apply(target as () => unknown, self, args) as Made),
  });
}

/** What the page imports. */
const entries = {
  ioredis: {
    Redis: noted(ioredis.Redis, (client: ioredis.Redis) => client.disconnect()),
    Cluster: noted(ioredis.Cluster, (client: ioredis.Cluster) => client.disconnect()),
  },
  redis: {
    createClient: noted(redis.createClient, (client: redis.RedisClientType) => client.destroy()),
    createCluster: noted(redis.createCluster, (client: redis.RedisClusterType) => client.destroy()),
  },
  pg: { Pool: noted(pg.Pool, (pool: pg.Pool) => pool.end()) },
  postgres: { default: noted(postgres, (sql: postgres.Sql) => sql.end()) },
  "@electric-sql/pglite": { PGlite },
  "portcullis/guard": guardDoor,
  "portcullis/stores/redis": redisDoor,
  "portcullis/stores/postgres": postgresDoor,
  test: { check },
};

/** Holds a page's guard to answering from its store, once its client has connected. */
async function check(guard: Guard): Promise<void> {
  const name = { account: `docs-${crypto.randomUUID()}` };
  await expect
    .poll(async () => (await guard.begin({ ...name, source: "192.0.2.7" })).decision.degraded, { timeout: 10_000, interval: 200 })
    .toEqual([]);
  expect(await guard.forget(name)).toBeGreaterThan(0);
}

function skipReason(code: string): string | undefined {
  if (code.includes("REDIS_NODES")) return noRedisServer;
  if (code.includes("REDIS_URL")) return noRedis;
  return code.includes("DATABASE_URL") ? noPostgres : undefined;
}

describe("the page on stores", () => {
  let cluster: RedisCluster | undefined;
  beforeAll(async () => {
    if (noRedisServer === undefined) cluster = await startRedisCluster();
    if (noPostgres === undefined) {
      const pool = new pg.Pool({ connectionString: postgresUrl });
      await pool.query(`create schema ${schema}`);
      await pool.query(postgresDoor.postgresMigration(`${schema}.portcullis_journal`));
      await pool.end();
    }
    process.env.REDIS_URL = redisUrl;
    process.env.REDIS_NODES = cluster?.nodes.map(({ host, port }) => `${host}:${port}`).join(",") ?? "";
    // the examples use the default table, found by the search path
    process.env.DATABASE_URL = `${postgresUrl}?options=${encodeURIComponent(`-c search_path=${schema}`)}`;
  });
  afterAll(async () => {
    for (const close of closing) await close();
    await cluster?.stop();
    if (noPostgres === undefined) {
      const pool = new pg.Pool({ connectionString: postgresUrl });
      await pool.query(`drop schema ${schema} cascade`);
      await pool.end();
    }
  });

  it("shows every client", () => expect(blocks).toHaveLength(8));

  for (const [i, code] of blocks.entries()) {
    const skip = skipReason(code);
    const client = /from "([^"]+)"/.exec(code)![1]!;
    it.skipIf(skip !== undefined)(`block ${i + 1}, ${client}, answers${skip === undefined ? "" : ` (skipped: ${skip})`}`, async () => {
      const named = code.replace(/^import (\w+) from/gm, "import { default as $1 } from");
      await runExample(
        { from: `docs/reference/stores.md js block ${i + 1}`, code: `${named}\nimport { check } from "test";\nawait check(guard);` },
        entries,
      );
    });
  }

  it("shows the migration as it is", () => {
    expect(/```sql\n([\s\S]*?)```/.exec(page)![1]).toBe(postgresDoor.postgresMigration());
  });
});
