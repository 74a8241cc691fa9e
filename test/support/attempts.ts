import fc from "fast-check";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { login } from "./login.js";

/** One attempt as a whole: what it is, and how it is delivered. */
export interface Attempt {
  readonly event: LoginEvent;
  /** Whether a begin comes first. */
  readonly begins: boolean;
  /** How it ends; `undefined` when nobody ever tells. */
  readonly ends: LoginEvent | undefined;
}

/** How attempts are drawn. */
export interface AttemptOptions {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Times are drawn from 0 to this many seconds; few seconds make many ties. */
  readonly seconds?: number;
  readonly accounts?: readonly string[];
  readonly ips?: readonly (string | undefined)[];
  readonly tenants?: readonly (string | undefined)[];
}

const endings = [
  { outcome: "failure", failure: "wrong-password" },
  { outcome: "failure", failure: "unknown-account" },
  { outcome: "failure", failure: "error" },
  { outcome: "success" },
  { outcome: "blocked" },
  undefined,
] as const;

/** Attempts with ids of their own, in no order of time: logins mostly, some unlocks and registrations. */
export function attempts(options: AttemptOptions = {}): fc.Arbitrary<readonly Attempt[]> {
  const {
    minLength = 0,
    maxLength = 40,
    seconds = 60,
    accounts = ["ann", "bob"],
    ips = ["192.0.2.1", "192.0.2.2", "127.1"],
    tenants = [undefined],
  } = options;
  const drawn = fc.record({
    at: fc.nat(seconds).map((second) => second * 1000),
    account: fc.constantFrom(...accounts),
    ip: fc.constantFrom(...ips),
    tenant: fc.constantFrom(...tenants),
    device: fc.constantFrom(undefined, undefined, "laptop"),
    kind: fc.constantFrom("login", "login", "login", "login", "login", "login", "unlock", "registration"),
    begins: fc.boolean(),
    ends: fc.constantFrom(...endings),
  });
  return fc.array(drawn, { minLength, maxLength }).map((list) =>
    list.map(({ at, account, ip, tenant, device, kind, begins, ends }, index) => {
      const event = login(at, {
        id: `a${index}`,
        kind: kind as LoginEvent["kind"],
        account,
        source: ip === undefined ? {} : { ip },
        outcome: "pending",
        ...(tenant === undefined ? {} : { tenant }),
        ...(device === undefined ? {} : { client: { deviceId: device } }),
      });
      return { event, begins: begins || ends === undefined, ends: ends === undefined ? undefined : { ...event, ...ends } };
    }),
  );
}

/** The deliveries of attempts in some order: any, but that no attempt begins after it ended. Some come twice or three times. */
export function arrivals(list: readonly Attempt[]): fc.Arbitrary<readonly LoginEvent[]> {
  const when = fc.array(fc.nat(1_000_000), { minLength: 2, maxLength: 5 });
  return fc.array(when, { minLength: list.length, maxLength: list.length }).map((times) =>
    list
      .flatMap((attempt, index) => {
        const sorted = times[index]!.toSorted((a, b) => a - b);
        return deliveriesOf(attempt, sorted.length).map((event, i) => ({ event, when: sorted[i]! }));
      })
      .sort((a, b) => a.when - b.when)
      .map(({ event }) => event),
  );
}

function deliveriesOf({ event, begins, ends }: Attempt, copies: number): LoginEvent[] {
  const begun = begins ? Math.ceil(copies / 2) : 0;
  return Array.from({ length: copies }, (_, i) => (ends === undefined || i < begun ? event : ends));
}

/** A stream of deliveries with disorder, duplicates and reservations that end in every way there is. */
export function streams(options: AttemptOptions = {}): fc.Arbitrary<readonly LoginEvent[]> {
  return attempts(options).chain(arrivals);
}

/** A stream as a log has it: in order of time, each event once. */
export function logs(options: AttemptOptions = {}): fc.Arbitrary<readonly LoginEvent[]> {
  return attempts(options).map((list) =>
    list.map(({ event, ends }) => ends ?? event).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  );
}
