/**
 * The store in PostgreSQL 13 or later, over a query function of your own.
 *
 * @packageDocumentation
 */

export { postgresMigration } from "./postgres-migration.js";
export { type PostgresStore, type PostgresStoreOptions, postgresStore } from "./postgres-store.js";
export type { PostgresQuery, PostgresResult } from "./query-rows.js";
