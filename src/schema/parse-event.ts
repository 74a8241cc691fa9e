import type { LoginEvent } from "../core/model/login-event.js";
import { InputError } from "./input-error.js";
import { type ReadEventOptions, readEvent } from "./read-event.js";

/**
 * Reads a login event from parsed JSON.
 *
 * @throws InputError `invalid-event`, with the path of each thing that is wrong.
 * @example
 * const json = { id: "1", at: "2026-03-30T15:54:19Z", kind: "login", outcome: "success", account: { id: "ann" }, source: { ip: "192.0.2.7" } };
 * parseEvent(json).at; //=> 1774886059000
 */
export function parseEvent(json: unknown, options: ReadEventOptions = {}): LoginEvent {
  const reading = readEvent(json, options);
  if (!reading.ok) throw new InputError("invalid-event", reading.issues);
  return reading.event;
}
