import type { LoginEvent } from "../model/login-event.js";

const latestTime = 8.64e15;

/** Refuses what would poison the memory: an event without an id, a finite time, an account or a source. Misuse, so a TypeError. */
export function assertEvent(event: LoginEvent): void {
  if (typeof event !== "object" || event === null) throw new TypeError("expected a login event");
  if (typeof event.id !== "string" || event.id === "") throw new TypeError("expected `event.id` to be a text that is not empty");
  if (!(event.at >= 0 && event.at <= latestTime)) throw new TypeError("expected `event.at` to be epoch milliseconds");
  if (typeof event.account?.id !== "string") throw new TypeError("expected `event.account.id` to be a text");
  if (typeof event.source !== "object" || event.source === null) throw new TypeError("expected `event.source` to be an object");
}
