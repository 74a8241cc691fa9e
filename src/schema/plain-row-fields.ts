import type { AccountStatus, AccountType, Outcome } from "../core/model/login-event.js";
import { accountStatuses } from "./account-statuses.js";
import { countryCode } from "./country-code.js";
import { kindOf, wordEventIssue } from "./expected.js";
import { failureReasons } from "./failure-reasons.js";
import { type FoundIssue, inputIssues } from "./input-issues.js";
import { timeSchema } from "./time-schema.js";

/** What a cell says, or what was expected of it. */
export type Cell<Value> = { readonly value: Value } | { readonly expected: string };

/** A field of a plain row: how it may be called, the first found counting, and how its cell is read. */
export interface RowField<Value> {
  /** In lower case without `_`, `-` and blanks, so that `failed_attempts`, `failedAttempts` and `Failed Attempts` are one. */
  readonly names: readonly string[];
  readonly read: (cell: unknown) => Cell<Value>;
}

const outcomes: { readonly [word: string]: Outcome } = {
  success: "success",
  successful: "success",
  succeeded: "success",
  ok: "success",
  passed: "success",
  failure: "failure",
  failed: "failure",
  fail: "failure",
  pending: "pending",
  blocked: "blocked",
};

const statuses = wordsOf(accountStatuses);

const types: { readonly [word: string]: AccountType } = { human: "human", user: "human", person: "human", service: "service" };

const reasons = wordsOf(failureReasons);

/** Every field that a plain row can have. */
export const plainRowFields = {
  account: {
    names: ["user", "username", "userid", "account", "accountid", "accountname", "login", "email", "useremail", "principal"],
    read: readName,
  },
  at: { names: ["timestamp", "time", "at", "datetime", "date", "logintime", "eventtime", "occurredat"], read: readTime },
  ip: { names: ["ip", "ipaddress", "sourceip", "srcip", "clientip", "remoteip", "remoteaddr"], read: readText },
  country: { names: ["country", "countrycode", "sourcecountry", "geocountry"], read: readCountry },
  asn: { names: ["asn"], read: readAsn },
  failedAttempts: {
    names: ["failedattempts", "failedloginattempts", "failedlogins", "failedcount", "failures", "failedattemptcount"],
    read: readCount,
  },
  mfaEnrolled: { names: ["mfaenabled", "mfaenrolled", "mfa", "hasmfa", "twofactorenabled"], read: readYesNo },
  disabled: { names: ["accountdisabled", "isdisabled", "disabled"], read: readYesNo },
  locked: { names: ["accountlocked", "islocked", "locked"], read: readYesNo },
  accountStatus: { names: ["accountstatus"], read: readOneOf(statuses) },
  service: { names: ["isserviceaccount", "serviceaccount", "isservice"], read: readYesNo },
  accountType: { names: ["accounttype"], read: readOneOf(types) },
  privileged: { names: ["isprivileged", "privileged", "isadmin", "admin"], read: readYesNo },
  interactive: { names: ["interactive", "isinteractive"], read: readYesNo },
  outcome: { names: ["outcome", "result", "loginresult", "loginstatus"], read: readOneOf(outcomes) },
  success: { names: ["success", "succeeded", "issuccess", "loginsuccess"], read: readYesNo },
  /** Of the login or of the account: the word tells. */
  status: { names: ["status"], read: readOneOf<Outcome | AccountStatus>({ ...outcomes, ...statuses }) },
  failure: { names: ["failurereason", "failure"], read: readOneOf(reasons) },
  device: { names: ["deviceid", "device"], read: readName },
  userAgent: { names: ["useragent"], read: readText },
  tenant: { names: ["tenant", "tenantid"], read: readName },
} as const satisfies { readonly [field: string]: RowField<unknown> };

/** Whether a word is said of an account rather than of a login. */
export function isAccountStatus(word: Outcome | AccountStatus): word is AccountStatus {
  return Object.hasOwn(statuses, word);
}

/** Words that mean themselves. */
function wordsOf<Word extends string>(words: readonly Word[]): { readonly [written: string]: Word } {
  return Object.fromEntries(words.map((word) => [word, word]));
}

function refused(what: string, cell: unknown): { readonly expected: string } {
  return { expected: `expected ${what}, got ${kindOf(cell)}` };
}

function readText(cell: unknown): Cell<string> {
  return typeof cell === "string" ? { value: cell } : refused("a text", cell);
}

/** Numbers are taken too: many systems number their users. */
function readName(cell: unknown): Cell<string> {
  return Number.isSafeInteger(cell) ? { value: String(cell) } : readText(cell);
}

function readCountry(cell: unknown): Cell<string> {
  return typeof cell === "string" ? { value: countryCode(cell) } : refused("a text", cell);
}

function readYesNo(cell: unknown): Cell<boolean> {
  return typeof cell === "boolean" ? { value: cell } : refused("true or false", cell);
}

function readCount(cell: unknown): Cell<number> {
  return typeof cell === "number" && Number.isSafeInteger(cell) && cell >= 0 ? { value: cell } : refused("an integer >= 0", cell);
}

function readAsn(cell: unknown): Cell<number> {
  const number = typeof cell === "string" && /^AS\d{1,10}$/i.test(cell) ? Number(cell.slice(2)) : cell;
  const isAsn = typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= 4_294_967_295;
  return isAsn ? { value: number } : refused("an autonomous system number such as 64500 or `AS64500`", cell);
}

function readTime(cell: unknown): Cell<number> {
  const read = timeSchema.safeParse(cell, { error: wordEventIssue });
  return read.success ? { value: read.data } : { expected: problemOf(read.error.issues) };
}

/** Of the two ways to write a time, what was wrong with the one that was used. */
function problemOf(issues: readonly FoundIssue[]): string {
  return inputIssues(issues)[0]?.message ?? "expected a time";
}

function readOneOf<Word extends string>(words: { readonly [written: string]: Word }): (cell: unknown) => Cell<Word> {
  const wanted = `one of ${[...new Set(Object.values(words))].join(", ")}`;
  return (cell) => {
    const written = typeof cell === "string" && cell.length <= 40 ? cell.trim().toLowerCase().replace(/[_ ]/g, "-") : "";
    return Object.hasOwn(words, written) ? { value: words[written]! } : refused(wanted, cell);
  };
}
