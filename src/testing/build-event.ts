import type { Account, EventKind, LoginEvent, Outcome, Source } from "../core/model/login-event.js";

/**
 * What is told of an event; the rest is filled in. A text stands for something ordinary, an object is taken as it is: the account
 * `"ann"` is active, human and has a second factor, the account `{ id: "ann" }` is one of which nothing is known.
 */
export interface EventTraits extends Partial<Omit<LoginEvent, "kind" | "outcome" | "account" | "source">> {
  /** Milliseconds after the start: epoch for a single event, the timeline's own start in a timeline; 0 by default. */
  readonly at?: number;
  /** `"ann"` by default. */
  readonly account?: string | Account;
  /** `192.0.2.1` by default, unless there is a `source`. */
  readonly ip?: string;
  /** What else is known of the source; without `ip`, everything. */
  readonly source?: Source;
  /** Short for `client.deviceId`. */
  readonly device?: string;
}

/**
 * Builds an event whose id follows from its contents, the outcome left out: the same attempt told twice is one event, and a `pending`
 * one and its conclusion are one attempt.
 */
export function buildEvent(kind: EventKind, outcome: Outcome, traits: EventTraits = {}): LoginEvent {
  const { account = "ann", ip, source, device, at = 0, id, client, ...rest } = traits;
  const who: Account = typeof account === "string" ? { id: account, status: "active", type: "human", mfaEnrolled: true } : account;
  const where: Source = source === undefined ? { ip: ip ?? "192.0.2.1" } : ip === undefined ? source : { ...source, ip };
  const program = device === undefined ? client : { ...client, deviceId: device };
  const parts = [kind, rest.tenant, who.id, where.ip ?? "nowhere", program?.deviceId, `+${at}`];
  return {
    id: id ?? parts.filter((part) => part !== undefined).join(" "),
    at,
    kind,
    outcome,
    account: who,
    source: where,
    ...(program === undefined ? {} : { client: program }),
    ...rest,
  };
}
