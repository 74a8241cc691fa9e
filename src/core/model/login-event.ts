import type { Requirement } from "./requirement.js";

/** What was attempted. Only `login` is judged by most rules; the other kinds feed detectors and release locks. */
export type EventKind = "login" | "registration" | "password-reset" | "mfa" | "unlock";

/** How the credential check ended: not yet known, passed, failed, or never made because the attempt was blocked first. */
export type Outcome = "pending" | "success" | "failure" | "blocked";

/**
 * Why an attempt failed, in the application's own knowledge. `error` is a technical fault and counts as no failed guess; `refused` is a
 * login whose credential was right and which the policy did not let in.
 */
export type FailureReason =
  | "wrong-password"
  | "unknown-account"
  | "account-exists"
  | "disabled"
  | "locked"
  | "expired"
  | "mfa-failed"
  | "mfa-denied"
  | "mfa-timeout"
  | "refused"
  | "error";

/** Whether an account may be used at all. */
export type AccountStatus = "active" | "disabled" | "locked" | "expired";

/** Who an account is for. */
export type AccountType = "human" | "service";

/** What kind of network an address belongs to, as an enrichment said. */
export type NetworkKind = "tor" | "vpn" | "proxy" | "relay" | "hosting" | "mobile" | "satellite" | "residential" | "business";

/** The account claimed at the login form, whether or not it exists; never the person. */
export interface Account {
  /** As typed or as stored; compared in its canonical form (`canonicalAccount`). */
  readonly id: string;
  readonly status?: AccountStatus;
  readonly type?: AccountType;
  readonly mfaEnrolled?: boolean;
  readonly privileged?: boolean;
}

/** Where an attempt came from: the network address and what an enrichment knows of it. */
export interface Source {
  /** IPv4 or IPv6 text. Resolve proxies first: portcullis never guesses a client address. */
  readonly ip?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** Autonomous system number. */
  readonly asn?: number;
  readonly location?: { readonly latitude: number; readonly longitude: number; readonly accuracyKm?: number };
  readonly network?: NetworkKind;
}

/** The program at the other end. */
export interface Client {
  /** Vouched for by the application (a signed cookie), never taken from the request as it is. */
  readonly deviceId?: string;
  readonly userAgent?: string;
  readonly browser?: string;
  readonly os?: string;
}

/** What the application knows of the credential, never the credential itself. */
export interface Credential {
  readonly breached?: boolean;
  /** A keyed hash of the attempted password, so that one password over many accounts can be seen. */
  readonly fingerprint?: string;
}

/**
 * One attempt, as the application saw it. The event carries its own time: nothing in the core reads a clock.
 *
 * `id` and `at` are fixed when an attempt begins; a later event with the same `id` settles it (pending, then success or failure).
 */
export interface LoginEvent {
  /** Unique per attempt. The same id twice is one event. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: EventKind;
  /** The login that an `mfa` event belongs to. */
  readonly attemptId?: string;
  readonly outcome: Outcome;
  readonly failure?: FailureReason;
  readonly account: Account;
  /** Whether a person drove this login (a form, a terminal) rather than a program. */
  readonly interactive?: boolean;
  /** Authentication methods used, RFC 8176 `amr` values such as `pwd`, `otp`, `hwk`, `mfa`. */
  readonly factors?: readonly string[];
  /** Further proofs that the application has verified for this attempt, such as a captcha: they satisfy a CHALLENGE that asks for them. */
  readonly proofs?: readonly Requirement[];
  readonly source: Source;
  readonly client?: Client;
  /** Counted apart: no group is ever shared by two tenants. */
  readonly tenant?: string;
  readonly credential?: Credential;
  /** Figures given from outside. A failed-attempts figure is the floor of the tracked one. */
  readonly history?: { readonly failedAttempts?: number };
}
