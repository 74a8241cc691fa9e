import { randomUUID } from "node:crypto";
import pg from "pg";
import postgres from "postgres";
import { type PostgresQuery, postgresMigration, postgresStore } from "../../src/stores/postgres/public.js";
import { describeStore, type StoreOnTrial } from "../../src/testing/describe-store.js";
import { noPostgres, postgresUrl } from "../support/services.js";

/** A store with a table of its own, which goes when all is done. */
async function onTrial(run: (sql: string) => Promise<unknown>, query: PostgresQuery, close: () => Promise<unknown>): Promise<StoreOnTrial> {
  const table = `journal_${randomUUID().slice(0, 8)}`;
  await run(postgresMigration(table));
  return {
    store: postgresStore({ query, table }),
    async dispose() {
      await run(`drop table ${table}`);
      await close();
    },
  };
}

describeStore(
  "PostgreSQL with pg",
  () => {
    const pool = new pg.Pool({ connectionString: postgresUrl });
    return onTrial(
      (sql) => pool.query(sql),
      (text, values) => pool.query(text, values),
      () => pool.end(),
    );
  },
  { skip: noPostgres },
);

describeStore(
  "PostgreSQL with pg, its statements prepared",
  () => {
    const pool = new pg.Pool({ connectionString: postgresUrl });
    return onTrial(
      (sql) => pool.query(sql),
      (text, values, name) => pool.query({ name, text, values }),
      () => pool.end(),
    );
  },
  { skip: noPostgres, runs: 2 },
);

describeStore(
  "PostgreSQL with postgres.js",
  () => {
    const sql = postgres(postgresUrl, { onnotice: () => undefined });
    return onTrial(
      (text) => sql.unsafe(text),
      (text, values) => sql.unsafe(text, values),
      () => sql.end(),
    );
  },
  { skip: noPostgres },
);
