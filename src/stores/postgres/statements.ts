import type { Statement } from "./query-rows.js";
import type { TableName } from "./table-name.js";

/** The statements of a store, each over one table. */
export interface Statements {
  readonly exchange: Statement;
  readonly compact: Statement;
  readonly journalsOf: Statement;
  readonly forget: Statement;
  readonly sweep: Statement;
}

/** How many expired rows one statement removes. */
export const sweepBatch = 1_000;

/**
 * The statements over a table.
 *
 * The exchange takes its parts as one JSON text, because drivers write arrays differently. Rows are written in the order of their keys, so that no two exchanges
 * wait for each other; a row that is there is locked before it is read, so that no update is lost. Parts without entries are read as of the statement's beginning.
 *
 * A row is kept a little longer than asked for: its expiry is rounded up to a quarter of the time to keep it, so that it changes rarely and most
 * updates touch no index.
 */
export function statements({ quoted: table, given }: TableName): Statements {
  const named = (name: string, text: string): Statement => ({ name: `${name} ${given}`, text: text.trim() });
  const alive = "(expires_at is null or expires_at > clock_timestamp())";
  return {
    exchange: named(
      "exchange",
      `
with moment as materialized (select clock_timestamp() as now),
stamp as materialized (select now, floor(extract(epoch from now) * 1000)::bigint::text as at from moment),
parts as materialized (
  select part.position, part.key, sha256(convert_to(part.key, 'UTF8')) as key_hash, sha256(convert_to(part.owner, 'UTF8')) as owner_hash, stamp.now, stamp.at,
    coalesce((select string_agg('[' || stamp.at || one.text, '' order by one.place) from json_array_elements_text(part.stamped) with ordinality as one (text, place)), '')
      || part.entries as text,
    to_timestamp(ceil(extract(epoch from stamp.now) / (part.keep / 4) + 4) * (part.keep / 4)) as expires_at
  from stamp, json_to_recordset($1::text::json) as part (position int, key text, owner text, stamped json, entries text, keep float8)
),
written as (
  insert into ${table} as kept (key_hash, key, owner_hash, journal, expires_at)
  select key_hash, key, owner_hash, text, expires_at from parts where text <> '' order by key_hash
  on conflict (key_hash) do update set
    journal = case when kept.expires_at <= clock_timestamp() then excluded.journal else kept.journal || excluded.journal end,
    expires_at = case when kept.expires_at is null or excluded.expires_at is null then null else greatest(kept.expires_at, excluded.expires_at) end
  returning key_hash, journal
)
select parts.at, coalesce(written.journal, read.journal, '') as journal
from parts
left join written using (key_hash)
left join lateral (
  select kept.journal from ${table} as kept
  where parts.text = '' and kept.key_hash = parts.key_hash and (kept.expires_at is null or kept.expires_at > parts.now)
  limit 1
) as read on true
order by parts.position`,
    ),
    compact: named(
      "compact",
      `
update ${table} set journal = $3::text || substr(journal, $2::text::int + 1)
where key_hash = sha256(convert_to($4::text, 'UTF8')) and left(journal, length($1::text)) = $1::text`,
    ),
    journalsOf: named("journals", `select key, journal from ${table} where owner_hash = sha256(convert_to($1::text, 'UTF8')) and ${alive}`),
    forget: named(
      "forget",
      `
with owned as (select key_hash from ${table} where owner_hash = sha256(convert_to($1::text, 'UTF8')) order by key_hash for update),
removed as (delete from ${table} using owned where ${table}.key_hash = owned.key_hash returning 1)
select count(*)::text as removed from removed`,
    ),
    sweep: named(
      "sweep",
      `
with expired as (select key_hash from ${table} where expires_at <= clock_timestamp() limit ${sweepBatch} for update skip locked),
removed as (delete from ${table} using expired where ${table}.key_hash = expired.key_hash returning 1)
select count(*)::text as removed from removed`,
    ),
  };
}
