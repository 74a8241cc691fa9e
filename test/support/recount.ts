import type { Aggregate } from "../../src/core/aggregates/aggregate.js";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { canonicalSource } from "../../src/core/network/canonical-source.js";

/** What a naive recount finds: every match there is, newest last. */
export interface Recount {
  readonly value: number;
  readonly saturated: boolean;
  readonly times: readonly number[];
  readonly values: readonly string[];
  readonly lifts: readonly (number | null)[];
}

/**
 * Counts again over the whole history, as one would with a list and no thought of bounds: matches with `at > t - within` and newer
 * than every floor, without the event that asks; one per value where values are told apart; newest `limit` shown.
 */
export function recount(history: readonly LoginEvent[], aggregate: Aggregate, asking: LoginEvent): Recount {
  const others = concluded(history).filter(({ id }) => id !== asking.id);
  const floor = Math.max(asking.at - aggregate.within, ...aggregate.since.map((since) => newest(others, since, asking)));
  const matches = matchesOf(others, aggregate, asking).filter(({ at }) => at > floor);
  const counted = aggregate.kind === "count-distinct" ? lastPerValue(matches, aggregate) : matches;
  const shown = counted.slice(-aggregate.limit);
  return {
    value: shown.length,
    saturated: counted.length >= aggregate.limit,
    times: shown.map(({ at }) => at),
    values: aggregate.field === undefined ? [] : shown.map((event) => fieldOf(event, aggregate)!),
    lifts: Array.from({ length: aggregate.limit }, (_, i) => {
      const match = counted.at(-1 - i);
      return match === undefined || !Number.isFinite(aggregate.within) ? null : match.at + aggregate.within;
    }),
  };
}

/** Every attempt once, as it stands after all its deliveries. */
export function concluded(history: readonly LoginEvent[]): readonly LoginEvent[] {
  const byId = new Map<string, LoginEvent>();
  for (const event of history) if (!(event.outcome === "pending" && byId.has(event.id))) byId.set(event.id, event);
  return [...byId.values()];
}

function matchesOf(events: readonly LoginEvent[], aggregate: Aggregate, asking: LoginEvent): readonly LoginEvent[] {
  return events
    .filter((event) => aggregate.where.test(event) && sameGroup(aggregate.by.name, event, asking))
    .filter((event) => aggregate.field === undefined || fieldOf(event, aggregate) !== undefined)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function newest(events: readonly LoginEvent[], since: Aggregate, asking: LoginEvent): number {
  return matchesOf(events, since, asking).at(-1)?.at ?? Number.NEGATIVE_INFINITY;
}

function lastPerValue(matches: readonly LoginEvent[], aggregate: Aggregate): readonly LoginEvent[] {
  const last = new Map(matches.map((event) => [fieldOf(event, aggregate), event]));
  return matches.filter((event) => last.get(fieldOf(event, aggregate)) === event);
}

const sourceOf = ({ source }: LoginEvent): string | undefined => canonicalSource(source.ip);

function fieldOf(event: LoginEvent, { field }: Aggregate): string | undefined {
  if (field?.name === "account") return event.account.id;
  if (field?.name === "source") return sourceOf(event);
  if (field?.name === "device") return event.client?.deviceId;
  if (field?.name === "country") return event.source.country;
  throw new Error(`the recount knows no field ${field?.name}`);
}

/** Whether two events belong to one group, said without keys: for accounts that are canonical already. */
function sameGroup(by: string, a: LoginEvent, b: LoginEvent): boolean {
  const sameAccount = a.account.id === b.account.id;
  if (a.tenant !== b.tenant) return false;
  if (by === "account") return sameAccount;
  if (by === "source") return sourceOf(a) !== undefined && sourceOf(a) === sourceOf(b);
  if (by === "account-and-source") return sameAccount && sourceOf(a) === sourceOf(b);
  if (by === "account-and-device") return sameAccount && a.client?.deviceId !== undefined && a.client.deviceId === b.client?.deviceId;
  if (by === "tenant") return true;
  throw new Error(`the recount knows no grouping ${by}`);
}
