import type { AccountStatus, LoginEvent } from "../core/model/login-event.js";
import { given } from "./given.js";
import type { InputIssue } from "./input-error.js";
import { type Cell, isAccountStatus, plainRowFields, type RowField } from "./plain-row-fields.js";

/** A plain row as a login event, or what is wrong with it. */
export type PlainRowReading =
  | {
      readonly ok: true;
      readonly event: LoginEvent;
      /** False when the row says no time: the event is then dated 0, and such rows are judged each on an empty state. */
      readonly timed: boolean;
    }
  | { readonly ok: false; readonly issues: readonly InputIssue[] };

type Fields = typeof plainRowFields;
type FieldName = keyof Fields;
type Row = { readonly [Name in FieldName]?: Fields[Name] extends RowField<infer Value> ? Value : never };

/** A field under one of its names; the lower the rank, the sooner it counts. */
interface Column {
  readonly field: string;
  readonly rank: number;
  readonly read: (cell: unknown) => Cell<unknown>;
}

const longestName = 40;
const accountNames: ReadonlySet<string> = new Set(plainRowFields.account.names);
const columns: ReadonlyMap<string, Column> = new Map(
  Object.entries<RowField<unknown>>(plainRowFields).flatMap(([field, { names, read }]) =>
    names.map((name, rank) => [name, { field, rank, read }] as const),
  ),
);

/**
 * Whether parsed JSON is a flat row such as `{ "user": "ann", "ip": "192.0.2.7", "failed_attempts": 3 }` rather than an event.
 *
 * @example
 * isPlainRow({ user: "ann", country: "NO" }); //=> true
 * isPlainRow({ account: { id: "ann" }, source: {} }); //=> false
 */
export function isPlainRow(json: unknown): boolean {
  if (!isObject(json) || isObject(json.account) || isObject(json.source)) return false;
  return Object.keys(json).some((key) => accountNames.has(plainName(key)));
}

/**
 * Reads a plain row: one login at a form, in snake or camel case. Null and empty cells count as absent, unknown ones are dropped.
 *
 * The row asks whether to let in, so its outcome is `success` unless it says otherwise. Its event is called `row-` and the number,
 * which must be unique in a run.
 *
 * @param rowNumber from 1, counted on over all files of a run
 * @example
 * const reading = readPlainRow({ user: "ann", country: "Norway", failed_attempts: 3, mfa_enabled: true }, 1);
 * reading.ok && reading.event.source.country; //=> "NO"
 */
export function readPlainRow(json: unknown, rowNumber: number): PlainRowReading {
  if (!isObject(json)) return { ok: false, issues: [{ path: "", message: "expected a row: an object with a field such as `user`" }] };
  const issues: InputIssue[] = [];
  const row = readCells(json, issues);
  if (row.account === undefined && issues.length === 0) issues.push({ path: "user", message: "expected a text, got nothing" });
  if (row.account === undefined || issues.length > 0) return { ok: false, issues };
  return { ok: true, event: eventOf(row, row.account, `row-${rowNumber}`), timed: row.at !== undefined };
}

function eventOf(row: Row, account: string, id: string): LoginEvent {
  const outcome = outcomeOf(row);
  const type = row.service === undefined ? row.accountType : row.service ? "service" : "human";
  return {
    id,
    at: row.at ?? 0,
    kind: "login",
    outcome,
    ...given({ failure: outcome === "failure" ? row.failure : undefined, tenant: row.tenant }),
    account: { id: account, ...given({ status: statusOf(row), type, mfaEnrolled: row.mfaEnrolled, privileged: row.privileged }) },
    interactive: row.interactive ?? true,
    source: given({ ip: row.ip, country: row.country, asn: row.asn }),
    ...(row.device === undefined && row.userAgent === undefined
      ? {}
      : { client: given({ deviceId: row.device, userAgent: row.userAgent }) }),
    ...(row.failedAttempts === undefined ? {} : { history: { failedAttempts: row.failedAttempts } }),
  };
}

function outcomeOf({ outcome, success, status, failure }: Row): LoginEvent["outcome"] {
  if (outcome !== undefined) return outcome;
  if (success !== undefined) return success ? "success" : "failure";
  if (status !== undefined && !isAccountStatus(status)) return status;
  return failure === undefined ? "success" : "failure";
}

function statusOf({ disabled, locked, accountStatus, status }: Row): AccountStatus | undefined {
  if (disabled === true) return "disabled";
  if (locked === true) return "locked";
  if (accountStatus !== undefined) return accountStatus;
  if (status !== undefined && isAccountStatus(status)) return status;
  return disabled === false || locked === false ? "active" : undefined;
}

/** A cell that a field was found in. */
interface Found {
  readonly column: Column;
  readonly key: string;
  readonly cell: unknown;
}

function readCells(json: { readonly [key: string]: unknown }, issues: InputIssue[]): Row {
  const found = new Map<string, Found>();
  for (const key of Object.keys(json)) {
    const cell = json[key];
    const column = columns.get(plainName(key));
    if (cell === null || cell === undefined || cell === "" || column === undefined) continue;
    const other = found.get(column.field);
    if (other === undefined || column.rank < other.column.rank) found.set(column.field, { column, key, cell });
    else if (column.rank === other.column.rank && cell !== other.cell)
      issues.push({ path: key, message: `expected the same as \`${other.key}\`, got something else` });
  }
  const row: { [field: string]: unknown } = {};
  for (const { column, key, cell } of found.values()) {
    const said = column.read(cell);
    if ("expected" in said) issues.push({ path: key, message: said.expected });
    else row[column.field] = said.value;
  }
  // each value was read by the field of that very name
  return row as Row;
}

/** Empty when it is too long to be the name of a field. */
function plainName(key: string): string {
  return key.length > longestName ? "" : key.toLowerCase().replace(/[_\- ]/g, "");
}

function isObject(json: unknown): json is { readonly [key: string]: unknown } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
