import type { LoginStore } from "../store.js";
import { StoreError } from "../store-error.js";
import { type PostgresQuery, queryRows, type Statement } from "./query-rows.js";
import { statements, sweepBatch } from "./statements.js";
import { tableName } from "./table-name.js";

/** How a PostgreSQL store is made. */
export interface PostgresStoreOptions {
  /** Runs one statement, in a transaction of its own. You connect and close. */
  readonly query: PostgresQuery;
  /** The table of `postgresMigration`, with or without a schema; `portcullis_journal` by default. Guards that share it share their memory. */
  readonly table?: string;
}

/** A store in PostgreSQL, with the one thing that has to be done for it. */
export interface PostgresStore extends LoginStore {
  /**
   * Removes rows that have expired, a thousand at a time, and gives their number. They count as absent anyway: this is for room. Call it from a job, once an
   * hour say; nothing here runs by itself.
   */
  sweep(): Promise<number>;
}

/** Beyond this many milliseconds, some three hundred years, nothing is said to expire: a date has an end. */
const forever = 1e13;

/**
 * A store in PostgreSQL, for several processes. An exchange is one statement, with the time of the server; under READ COMMITTED, which is the default, two
 * never lose an update and never wait for each other in a circle.
 *
 * What `query` rejects with is passed on; StoreError `nonsense` for one that gives no rows of texts.
 *
 * @throws RangeError for a table name that is no identifier.
 * @example
 * postgresStore({ query: async () => ({ rows: [] }), table: "auth.login_journal" }).name; //=> "postgres"
 */
export function postgresStore({ query, table = "portcullis_journal" }: PostgresStoreOptions): PostgresStore {
  if (typeof query !== "function") throw new TypeError("expected `query` to be a function");
  const { exchange, compact, journalsOf, forget, sweep } = statements(tableName(table));
  const removed = async (statement: Statement, params: string[]): Promise<number> => {
    const [row] = await queryRows(query, statement, params);
    return Number(row?.removed);
  };
  return {
    name: "postgres",
    async exchange(parts) {
      if (parts.length === 0) return [];
      const told = parts.map(({ key, owner, stamped, entries, keepFor }, position) => ({
        position,
        key,
        owner: owner ?? null,
        stamped,
        entries,
        keep: keepFor >= forever ? null : Math.max(1, keepFor) / 1_000,
      }));
      const rows = await queryRows(query, exchange, [JSON.stringify(told)]);
      if (rows.length !== parts.length) throw new StoreError("nonsense", "expected a row for each part from PostgreSQL");
      return rows.map(({ at, journal }) => {
        const time = Number(at);
        if (!Number.isSafeInteger(time) || journal === undefined) {
          throw new StoreError("nonsense", "expected a time and a journal from PostgreSQL");
        }
        return { at: time, journal };
      });
    },
    async compact({ key, head, length, text }) {
      await query(compact.text, [head, String(length), text, key], compact.name);
    },
    async journalsOf(owner) {
      const rows = await queryRows(query, journalsOf, [owner]);
      return rows.map(({ key = "", journal = "" }) => ({ key, journal }));
    },
    forget: (owner) => removed(forget, [owner]),
    async sweep() {
      let all = 0;
      for (;;) {
        const some = await removed(sweep, []);
        all += some;
        if (some < sweepBatch) return all;
      }
    },
  };
}
