/** A table's name as it stands in statements, and what its indexes are called. */
export interface TableName {
  /** Quoted, with its schema if it has one. */
  readonly quoted: string;
  /** Without schema and quotes. */
  readonly bare: string;
  /** As it was given. */
  readonly given: string;
}

const identifier = /^[a-z_][a-z0-9_]*$/i;

/** PostgreSQL cuts names off behind 63 bytes; this leaves room for what an index or a prepared statement is called after the table. */
const longest = 50;

/**
 * Reads the name of a table: an identifier, or a schema's and a table's with a dot between, of at most 50 characters together. It goes into statements as
 * text, so nothing else is taken. Quoted: upper case stays upper case.
 *
 * @throws RangeError for anything else.
 * @example
 * tableName("auth.login_journal").quoted; //=> '"auth"."login_journal"'
 */
export function tableName(name: string): TableName {
  const parts = typeof name === "string" ? name.split(".") : [];
  if (parts.length < 1 || parts.length > 2 || name.length > longest || !parts.every((part) => identifier.test(part))) {
    throw new RangeError(
      `expected \`table\` to be an identifier, or two with a dot between, of at most ${longest} characters, got \`${name}\``,
    );
  }
  return { quoted: parts.map((part) => `"${part}"`).join("."), bare: parts.at(-1)!, given: name };
}
