import { findJsonError } from "./find-json-error.js";
import { InputError } from "./input-error.js";

/**
 * Parses JSON text. A byte order mark in front is skipped.
 *
 * @throws InputError `invalid-json`, with line and column of the first mistake, both from 1, and nothing of the text.
 * @example
 * parseJson('{ "id": "mine" }'); //=> { id: "mine" }
 */
export function parseJson(text: string): unknown {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    throw new InputError("invalid-json", [{ path: "", message: problemOf(json) }]);
  }
}

function problemOf(json: string): string {
  const { at, expected } = findJsonError(json) ?? { at: 0, expected: "JSON" };
  const before = json.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  return `line ${line}, column ${column}: expected ${expected}${at >= json.length ? ", got the end of the text" : ""}`;
}
