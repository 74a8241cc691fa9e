import { Redis } from "ioredis";
import pg from "pg";
import { type LoginStore, memoryStore } from "portcullis/guard";
import { postgresMigration, postgresStore } from "portcullis/stores/postgres";
import { redisStore } from "portcullis/stores/redis";
import type { Settings } from "./settings.js";

type StoreSettings = Pick<Settings, "redisUrl" | "redisPrefix" | "databaseUrl">;

/** Where the guard remembers, and how to let go of it. */
export interface OpenStore {
  readonly store: LoginStore;
  close(): Promise<void>;
}

/** Redis where there is an address of one, PostgreSQL where there is one of that, else this process's memory. Shared stores are for several processes. */
export async function openStore({ redisUrl, redisPrefix, databaseUrl }: StoreSettings): Promise<OpenStore> {
  if (redisUrl !== undefined) return openRedis(redisUrl, redisPrefix);
  if (databaseUrl !== undefined) return openPostgres(databaseUrl);
  return { store: memoryStore(), close: async () => undefined };
}

async function openRedis(url: string, prefix: string): Promise<OpenStore> {
  // without a queue: a login waits for its deadline at most, never for Redis to come back
  const client = new Redis(url, { lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  // the guard reports what fails, call by call
  client.on("error", () => undefined);
  await client.connect();
  return { store: redisStore({ client, prefix }), close: async () => client.disconnect() };
}

async function openPostgres(connectionString: string): Promise<OpenStore> {
  const pool = new pg.Pool({ connectionString });
  pool.on("error", () => undefined);
  // yours runs with your other migrations
  await pool.query(postgresMigration());
  return { store: postgresStore({ query: (text, values, name) => pool.query({ name, text, values }) }), close: () => pool.end() };
}
