import type { LoginEvent } from "../../core/model/login-event.js";
import type { CredentialResult, ProofResult } from "../../guard/result.js";

/** What is known of an attempt as it begins. */
export type StepTraits = Pick<LoginEvent, "kind" | "account" | "source" | "client" | "proofs">;

/** One thing that happens to a guard, some milliseconds after the one before. `which` names an attempt by its number, as far as there are that many. */
export type GuardStep = { readonly after: number } & (
  | { readonly does: "begin"; readonly traits: StepTraits }
  | { readonly does: "conclude"; readonly which: number; readonly result: CredentialResult }
  | { readonly does: "prove"; readonly which: number; readonly result: ProofResult }
  | { readonly does: "cancel"; readonly which: number }
  | { readonly does: "unlock"; readonly subject: { readonly account: string } | { readonly source: string } }
);

/** Numbers from 0 to below 1 that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const accounts = ["ann", "ann", "ann", "bob", "Zo\u00eb {x}"];
const ips = ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "not an address"];
const countries = [{ country: "NO" }, { country: "NO" }, { country: "NO" }, {}, { country: "KP" }] as const;
const facts = [
  undefined,
  { mfaEnrolled: true },
  { status: "active", type: "human" },
  { status: "disabled" },
  { privileged: true, mfaEnrolled: false },
] as const;

/** Random steps: few accounts and addresses, so that limits are met; every way to begin and to end an attempt, in any order. */
export function drawSteps(seed: number, length: number): readonly GuardStep[] {
  const random = seeded(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const account = () => {
    const known = pick(facts);
    return known === undefined ? {} : { account: known };
  };
  const result = (): CredentialResult => {
    if (random() < 0.55)
      return { ok: false, failure: pick(["wrong-password", "wrong-password", "unknown-account", "error"] as const), ...account() };
    const factors = pick([undefined, ["pwd"], ["pwd", "otp"]]);
    return { ok: true, ...account(), ...(factors === undefined ? {} : { factors }), ...(random() < 0.2 ? { awaiting: "mfa" } : {}) };
  };
  const proof = (): ProofResult =>
    random() < 0.5
      ? { ok: false, failure: pick(["mfa-failed", "mfa-denied", "error"] as const) }
      : { ok: true, factors: ["otp"], ...account() };
  const traits = (): StepTraits => ({
    kind: pick(["login", "login", "login", "login", "login", "login", "registration", "password-reset"] as const),
    account: { id: pick(accounts) },
    source: { ip: pick(ips), ...pick(countries) },
    ...(random() < 0.3 ? { client: { deviceId: pick(["laptop", "phone"]) } } : {}),
    ...(random() < 0.2 ? { proofs: ["captcha"] } : {}),
  });
  return Array.from({ length }, (): GuardStep => {
    const after = pick([0, 0, 1, 500, 500, 2_000, 2_000, 20_000]);
    const roll = random();
    if (roll < 0.45) return { after, does: "begin", traits: traits() };
    if (roll < 0.85) return { after, does: "conclude", which: below(length), result: result() };
    if (roll < 0.93) return { after, does: "prove", which: below(length), result: proof() };
    if (roll < 0.97) return { after, does: "cancel", which: below(length) };
    return { after, does: "unlock", subject: random() < 0.5 ? { account: pick(accounts) } : { source: pick(ips.slice(0, -1)) } };
  });
}
