import * as z from "zod";
import type { LoginEvent } from "../core/model/login-event.js";
import { droppedKeys } from "./dropped-keys.js";
import { eventSchema } from "./event-schema.js";
import { wordEventIssue } from "./expected.js";
import type { InputIssue } from "./input-error.js";
import { inputIssues } from "./input-issues.js";

/** How an event is read. */
export interface ReadEventOptions {
  /** Keys that no event has: `drop` them (the default, as logs carry more than is asked for) or `refuse` the event, as typos deserve. */
  readonly unknownKeys?: "drop" | "refuse";
}

/** A login event, or what is wrong with it. */
export type EventReading =
  | { readonly ok: true; readonly event: LoginEvent }
  | { readonly ok: false; readonly issues: readonly InputIssue[] };

const context = { error: wordEventIssue, reportInput: true };

// generating the parser takes some ten milliseconds, so it waits for the first event; after that it is five times as fast
let compiled: typeof eventSchema | undefined;

/**
 * Reads a login event from parsed JSON without throwing, for streams in which one bad line is a counted skip.
 *
 * @example
 * const reading = readEvent({ id: "1", kind: "login", outcome: "failure", account: { id: "ann" }, source: {} });
 * reading.ok ? [] : reading.issues; //=> [{ path: "at", message: "expected epoch milliseconds or an ISO 8601 time with a zone, got nothing" }]
 */
export function readEvent(json: unknown, { unknownKeys = "drop" }: ReadEventOptions = {}): EventReading {
  compiled ??= z.compile(eventSchema);
  const read = compiled.safeParse(json, context);
  if (!read.success) return { ok: false, issues: inputIssues(read.error.issues) };
  if (unknownKeys === "refuse") {
    const issues = droppedKeys(json, read.data);
    if (issues.length > 0) return { ok: false, issues };
  }
  return { ok: true, event: read.data };
}
