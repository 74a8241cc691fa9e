import type { EventKind, LoginEvent, Outcome } from "../model/login-event.js";

const latestTime = 8.64e15;
const longestName = 512;

const kinds = { login: true, registration: true, "password-reset": true, mfa: true, unlock: true } satisfies Record<EventKind, true>;
const outcomes = { pending: true, success: true, failure: true, blocked: true } satisfies Record<Outcome, true>;

/** Refuses what would poison the memory: an event without an id, a finite time, a kind, an outcome, an account or a source. Misuse, so a TypeError. */
export function assertEvent(event: LoginEvent): void {
  if (typeof event !== "object" || event === null) throw new TypeError("expected a login event");
  const { id, at, kind, outcome, account, source, tenant } = event;
  if (typeof id !== "string" || id === "" || id.length > longestName)
    throw new TypeError("expected `event.id` to be a text of 1 to 512 characters");
  if (typeof at !== "number" || !(at >= 0 && at <= latestTime)) throw new TypeError("expected `event.at` to be epoch milliseconds");
  if (kind !== "login" && !Object.hasOwn(kinds, kind))
    throw new TypeError(`expected \`event.kind\` to be one of ${Object.keys(kinds).join(", ")}`);
  if (outcome !== "success" && outcome !== "failure" && !Object.hasOwn(outcomes, outcome)) {
    throw new TypeError(`expected \`event.outcome\` to be one of ${Object.keys(outcomes).join(", ")}`);
  }
  if (typeof account?.id !== "string") throw new TypeError("expected `event.account.id` to be a text");
  if (typeof source !== "object" || source === null) throw new TypeError("expected `event.source` to be an object");
  if (tenant !== undefined && (typeof tenant !== "string" || tenant.length > longestName)) {
    throw new TypeError("expected `event.tenant` to be a text of at most 512 characters");
  }
}
