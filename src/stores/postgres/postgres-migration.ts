import { tableName } from "./table-name.js";

/**
 * The statements that make a store's table, safe to run again. Run them with your other migrations, as the owner of the table; the store itself needs SELECT,
 * INSERT, UPDATE and DELETE only.
 *
 * Keys and owners are kept as SHA-256, because an account of 512 characters makes longer keys than an index takes. Room is left in each page, and no index
 * sees what a login changes, so that an update stays in its page (HOT) and vacuum has little to do.
 *
 * @throws RangeError for a name that is no identifier.
 * @example
 * postgresMigration("auth.login_journal").includes('create table if not exists "auth"."login_journal"'); //=> true
 */
export function postgresMigration(table = "portcullis_journal"): string {
  const { quoted, bare } = tableName(table);
  return `create table if not exists ${quoted} (
  key_hash bytea primary key,
  key text not null,
  owner_hash bytea,
  journal text not null,
  expires_at timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index if not exists "${bare}_owner" on ${quoted} (owner_hash) where owner_hash is not null;
create index if not exists "${bare}_expiry" on ${quoted} (expires_at) where expires_at is not null;
`;
}
