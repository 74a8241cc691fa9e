import type * as z from "zod";
import { quote } from "./quote.js";

/** What zod tells of something that did not fit, with the value. */
export type RawIssue = z.core.$ZodRawIssue;

/**
 * Words what did not fit as what was expected and what kind of thing was there, never the value itself.
 *
 * @example
 * z.number({ error: expected("a number of days") }).safeParse("x").error?.issues[0]?.message; //=> "expected a number of days, got a text"
 */
export function expected(what: string): (issue: RawIssue) => string {
  return ({ input }) => `expected ${what}, got ${kindOf(input)}`;
}

/** Words an issue of an event: no value of it is repeated. */
export function wordEventIssue(issue: RawIssue): string {
  return word(issue, kindOf);
}

/** Words an issue of a policy: a short text is repeated, because it is the operator's own and tells what to look for. */
export function wordPolicyIssue(issue: RawIssue): string {
  return word(issue, (value) => (typeof value === "string" ? quote(value) : kindOf(value)));
}

function word(issue: RawIssue, got: (value: unknown) => string): string {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${kinds[issue.expected] ?? issue.expected}, got ${kindOf(issue.input)}`;
    case "invalid_value":
      return `expected ${choice(issue.values)}, got ${got(issue.input)}`;
    case "invalid_union":
      return issue.options === undefined
        ? "expected something else"
        : `expected ${choice(issue.options as readonly unknown[])}, got ${got(member(issue.input, issue.discriminator as string))}`;
    case "unrecognized_keys":
      // only objects give this issue, and zod types the schema that did as any schema
      return `unknown, expected ${choice(Object.keys((issue.inst as unknown as z.core.$ZodObject)._zod.def.shape))}`;
    case "too_small":
      return `expected ${bounds(issue.origin, ">=", issue.minimum)}`;
    case "too_big":
      return `expected ${bounds(issue.origin, "<=", issue.maximum)}`;
    default:
      return "expected something else";
  }
}

const kinds: { readonly [kind: string]: string | undefined } = {
  string: "a text",
  number: "a number",
  int: "an integer",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  never: "nothing here",
};

/** What kind of thing a value is; never the value, but for `true` and `false`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value === "" ? "an empty text" : "a text";
  if (typeof value === "number") return numberKind(value);
  return typeof value === "boolean" ? String(value) : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function numberKind(value: number): string {
  if (!Number.isFinite(value)) return "a number that is not finite";
  return Number.isInteger(value) ? "a number" : "a fraction";
}

function choice(values: readonly unknown[]): string {
  if (values.length === 0) return "nothing here";
  return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
}

function bounds(origin: string, sign: string, bound: number | bigint): string {
  if (origin === "string") return `a text of ${sign} ${bound} characters`;
  return origin === "array" ? `a list of ${sign} ${bound} entries` : `a number ${sign} ${bound}`;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as { readonly [key: string]: unknown })[key] : value;
}
