import type { LoginEvent } from "../core/model/login-event.js";
import { buildEvent, type EventTraits } from "./build-event.js";

const long = 1_000_000;

const names = ["", " ", "__proto__", "constructor", "toString", "a\u0000b", "\ud800", "ann\n192.0.2.9 ok", "İ".repeat(600)];

const addresses = ["", "999.1.1.1", "127.1", "0x7f.1", "::ffff:192.0.2.1%eth0", "2001:db8::1%eth0", ":::", "[::1]", "192.0.2.1, 10.0.0.1"];

const countries = ["", "n", "N0", "XX", "__proto__", "ẞẞ", "NOR"];

const figures = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0.5, 1e308];

/**
 * Events of the right shape with the worst contents: names that are property names, a name of a million characters, malformed
 * addresses, figures that are no numbers, and the ends of time. Whatever takes events must take these.
 *
 * @example
 * runEvents(hostileEvents()).every(({ decision }) => decision.action !== undefined); //=> true
 */
export function hostileEvents(): readonly LoginEvent[] {
  const told: EventTraits[] = [
    ...[...names, "x".repeat(long)].map((id) => ({ account: { id } })),
    ...[...addresses, "1".repeat(long)].map((ip) => ({ ip })),
    { source: {} },
    ...[...countries, "N".repeat(long)].map((country) => ({ source: { ip: "192.0.2.1", country } })),
    ...[...names, "d".repeat(long)].map((device) => ({ device })),
    // a tenant is the application's own word, of at most 512 characters
    ...names.map((tenant) => ({ tenant: tenant.slice(0, 512) })),
    ...figures.map((failedAttempts) => ({ history: { failedAttempts } })),
    { history: {} },
    { factors: [] },
    { factors: ["", "__proto__", "mfa\u0000", "x".repeat(long)] },
    { source: { ip: "192.0.2.1", asn: Number.NaN, location: { latitude: Number.NaN, longitude: 1e308, accuracyKm: -1 } } },
    { client: { userAgent: "\u001b[2J", browser: "", os: "__proto__" } },
    { credential: { fingerprint: "" } },
    { at: 0 },
    { at: 8.64e15 },
  ];
  const kinds = ["login", "registration", "password-reset", "unlock"] as const;
  const outcomes = ["pending", "success", "failure", "blocked"] as const;
  return told.flatMap((traits, i) =>
    outcomes
      .map((outcome, j) => buildEvent("login", outcome, { at: 1_000 * i + j, ...traits, id: `hostile login ${i} ${outcome}` }))
      .concat(
        kinds.slice(1).map((kind, j) => buildEvent(kind, "failure", { at: 1_000 * i + 10 + j, ...traits, id: `hostile ${kind} ${i}` })),
      ),
  );
}
