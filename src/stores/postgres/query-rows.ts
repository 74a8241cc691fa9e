import { StoreError } from "../store-error.js";

/** What a driver gives for a query. */
export type PostgresResult = { readonly rows: readonly unknown[] } | readonly unknown[];

/**
 * Runs one statement with parameters `$1`, `$2` ..., all of them texts, in a transaction of its own: `pool.query` of pg, `sql.unsafe` of postgres.js, `db.query` of
 * PGlite. `name` is the same for the same text and of no other: as the name of a prepared statement it saves the server half of its work.
 */
export type PostgresQuery = (text: string, params: string[], name: string) => Promise<PostgresResult>;

/** One of a store's statements. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A row whose columns are all texts. */
export type TextRow = Readonly<Record<string, string>>;

/** The rows of a statement that gives texts. */
export async function queryRows(query: PostgresQuery, { text, name }: Statement, params: string[]): Promise<readonly TextRow[]> {
  const result = await query(text, params, name);
  const rows: unknown = typeof result === "object" && result !== null && "rows" in result ? result.rows : result;
  if (!Array.isArray(rows) || !rows.every(isTextRow)) {
    throw new StoreError("nonsense", "expected rows of texts from PostgreSQL: does `query` give the driver's own result?");
  }
  return rows;
}

function isTextRow(row: unknown): row is TextRow {
  return typeof row === "object" && row !== null && Object.values(row).every((value) => typeof value === "string");
}
