import { isPlainRow, readPlainRow } from "../../schema/plain-row.js";
import { readEvent } from "../../schema/read-event.js";
import type { LogEntry } from "./log-entry.js";

/** Reads one JSON text as a login event or, where it has that shape, as a plain row. */
export function jsonEntry(text: string, line: number, row: number): LogEntry {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: "malformed", line, reason: "not JSON" };
  }
  if (isPlainRow(json)) {
    const reading = readPlainRow(json, row);
    return reading.ok ? { kind: "login", event: reading.event, timed: reading.timed } : malformed(line, reading.issues);
  }
  const reading = readEvent(json);
  return reading.ok ? { kind: "login", event: reading.event, timed: true } : malformed(line, reading.issues);
}

function malformed(line: number, issues: readonly { readonly path: string; readonly message: string }[]): LogEntry {
  const [first] = issues;
  const reason = first === undefined ? "no login event" : `${first.path === "" ? "" : `${first.path}: `}${first.message}`;
  return { kind: "malformed", line, reason };
}
