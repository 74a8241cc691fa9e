import { failedProofs } from "../../../src/core/rules/failed-proofs.js";
import { describeRule, hours, login, mfa, minutes, seconds, unlock } from "../../../src/testing/public.js";

const failedProof = (n: number, traits: Parameters<typeof mfa>[1] = {}) =>
  mfa("failure", { failure: "mfa-failed", at: seconds(n), ...traits });
const failures = (count: number, traits: Parameters<typeof mfa>[1] = {}) =>
  Array.from({ length: count }, (_, n) => failedProof(n + 1, traits));
const next = (traits: Parameters<typeof mfa>[1] = {}) => mfa("pending", { at: minutes(1), ...traits });
const fromLaptop = login("success", { device: "laptop", at: 0 });

describeRule(failedProofs, {
  abstains: {
    "nine failed proofs": { history: failures(9), event: next() },
    "ten technical faults": { history: failures(10, { failure: "error" }), event: next() },
    "ten failed passwords": {
      history: Array.from({ length: 10 }, (_, n) => login("failure", { at: seconds(n) })),
      event: next(),
    },
    "ten on another account": { history: failures(10, { account: "bob" }), event: next() },
    "ten in another tenant": { history: failures(10, { tenant: "other" }), event: next() },
    "a login, not a proof": { history: failures(10), event: login("pending", { at: minutes(1) }) },
    "the first of ten has just left the window": { history: failures(10), event: next({ at: minutes(15) + seconds(1) }) },
    "ten that a success took back": {
      history: failures(10).map(({ failure: _, ...event }) => ({ ...event, outcome: "success" as const })),
      event: next(),
    },
    "ten before an unlock": { history: [...failures(10), unlock({ at: seconds(30) })], event: next() },
    "a familiar device, while others fail": { history: [fromLaptop, ...failures(10)], event: next({ device: "laptop" }) },
  },
  speaks: {
    "ten failed proofs": {
      history: failures(10),
      event: next(),
      says: "BLOCK",
      facts: { proofs: 10, limit: 10 },
      until: seconds(1) + minutes(15),
      explains: "10 failed proofs of a further factor; the limit is 10",
    },
    "ten that are not concluded": {
      history: Array.from({ length: 10 }, (_, n) => mfa("pending", { at: seconds(n + 1) })),
      event: next(),
      says: "BLOCK",
    },
    "ten from ten sources": {
      history: Array.from({ length: 10 }, (_, n) => failedProof(n + 1, { ip: `198.51.100.${n}` })),
      event: next(),
      says: "BLOCK",
    },
    "ten denied prompts": { history: failures(10, { failure: "mfa-denied" }), event: next(), says: "BLOCK" },
    "the first of ten is about to leave the window": {
      history: failures(10),
      event: next({ at: minutes(15) + seconds(1) - 1 }),
      says: "BLOCK",
    },
    "a familiar device that fails ten times itself": {
      history: [fromLaptop, ...failures(10, { device: "laptop" })],
      event: next({ device: "laptop" }),
      says: "BLOCK",
    },
    "a device that nobody knows": { history: failures(10, { device: "other" }), event: next({ device: "unknown" }), says: "BLOCK" },
    "three, where three are enough": {
      rule: failedProofs({ blockAt: 3, within: { hours: 1 } }),
      history: failures(3),
      event: next({ at: minutes(30) }),
      says: "BLOCK",
      until: seconds(1) + hours(1),
    },
  },
});
