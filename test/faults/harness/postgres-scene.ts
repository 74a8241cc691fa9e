import { randomUUID } from "node:crypto";
import pg from "pg";
import { postgresMigration } from "../../../src/stores/postgres/postgres-migration.js";
import { postgresStore } from "../../../src/stores/postgres/postgres-store.js";
import type { LoginStore } from "../../../src/stores/store.js";
import { postgresUrl } from "../../support/services.js";
import { type LoopbackProxy, loopbackProxy } from "./loopback-proxy.js";

/** A table of its own on the PostgreSQL of this machine, and two ways to it. */
export interface PostgresScene {
  readonly store: LoginStore;
  /** By another pool. */
  readonly witness: LoginStore;
  /** Between the guard's pool and the server. */
  readonly network: LoopbackProxy;
  /** Ends the connections of the guard's pool; gives their number. */
  terminate(): Promise<number>;
  /** Keeps everybody from the table for a while. */
  lock(milliseconds: number): Promise<void>;
}

/** What `docs/explanation/when-the-store-fails.md` recommends for pg: what waits is given up some time, and a dead connection with it. */
export const recommendedPool = { max: 20, connectionTimeoutMillis: 2_000, query_timeout: 2_000 } as const satisfies pg.PoolConfig;

/** Plays a scene, and drops its table. */
export async function inPostgresScene<T>(play: (scene: PostgresScene) => Promise<T>, options: pg.PoolConfig = recommendedPool): Promise<T> {
  const name = `portcullis-fault-${randomUUID().slice(0, 8)}`;
  const table = `journal_${randomUUID().slice(0, 8)}`;
  const { hostname, port } = new URL(postgresUrl);
  const network = await loopbackProxy({ host: hostname, port: Number(port || 5432) });
  const behindNetwork = new URL(postgresUrl);
  behindNetwork.host = `127.0.0.1:${network.port}`;
  const pool = new pg.Pool({ connectionString: behindNetwork.href, application_name: name, ...options });
  const direct = new pg.Pool({ connectionString: postgresUrl, max: 20 });
  // a pool that nobody listens to ends its process with the first idle connection that is ended
  pool.on("error", () => undefined);
  direct.on("error", () => undefined);
  const over = (to: pg.Pool): LoginStore =>
    postgresStore({ table, query: (text, values, statement) => to.query({ name: statement, text, values }) });
  try {
    await direct.query(postgresMigration(table));
    return await play({
      network,
      store: over(pool),
      witness: over(direct),
      async terminate() {
        const { rowCount } = await direct.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [
          name,
        ]);
        return rowCount ?? 0;
      },
      async lock(milliseconds) {
        const client = await direct.connect();
        try {
          await client.query("begin");
          await client.query(`lock table ${table} in access exclusive mode`);
          await client.query("select pg_sleep($1)", [milliseconds / 1_000]);
          await client.query("commit");
        } finally {
          client.release();
        }
      },
    });
  } finally {
    await pool.end();
    await direct.query(`drop table if exists ${table}`);
    await direct.end();
    await network.close();
  }
}
