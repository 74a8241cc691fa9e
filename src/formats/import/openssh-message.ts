import type { LineMalformed, LineSkipped } from "./importer.js";
import { type OpensshOrigin, readOrigin, readOriginWithPort } from "./openssh-origin.js";
import { opensshSkipReason } from "./openssh-skip-reason.js";

/** One attempt, as an sshd message tells of it. */
export interface OpensshAttempt extends OpensshOrigin {
  /** `announced`: an account that does not exist was named, and the failure that follows says so again. */
  readonly kind: "announced" | "failed" | "accepted";
  /** Whether sshd said `invalid user`. */
  readonly invalid: boolean;
}

const unreadable: LineMalformed = { kind: "malformed", reason: "unreadable-attempt" };
const notALogin: LineSkipped = { kind: "skipped", reason: "not-a-login" };
const keyProbing: LineSkipped = { kind: "skipped", reason: "key-probing" };
const openingRequest: LineSkipped = { kind: "skipped", reason: "opening-request" };

const announcement = "Invalid user ";
const invalidUser = "invalid user ";
const preauth = " [preauth]";

/** Says what an sshd message is: an attempt, an ordinary message that is none, or an attempt that cannot be read. */
export function readOpensshMessage(message: string): OpensshAttempt | LineSkipped | LineMalformed {
  if (message.startsWith("Failed ")) return readFailed(message);
  if (message.startsWith("Accepted ")) return readAccepted(message);
  if (message.startsWith(announcement)) return readAnnounced(message);
  return { kind: "skipped", reason: opensshSkipReason(message) };
}

/** `Failed METHOD for [invalid user ]NAME from HOST port N ssh2` */
function readFailed(message: string): OpensshAttempt | LineSkipped | LineMalformed {
  const methodEnd = message.indexOf(" ", "Failed ".length);
  if (methodEnd < 0 || !message.startsWith(" for ", methodEnd)) return notALogin;
  const method = message.slice("Failed ".length, methodEnd);
  if (!isSecret(method)) return keyProbing;
  const nameOrMark = methodEnd + " for ".length;
  const invalid = message.startsWith(invalidUser, nameOrMark);
  if (method === "none" && !invalid) return openingRequest;
  const origin = readPlainTail(message, invalid ? nameOrMark + invalidUser.length : nameOrMark);
  return origin === undefined ? unreadable : { kind: "failed", invalid, name: origin.name, host: origin.host };
}

/** `Accepted METHOD for NAME from HOST port N ssh2[: key, ticket or client]` */
function readAccepted(message: string): OpensshAttempt | LineSkipped | LineMalformed {
  const methodEnd = message.indexOf(" ", "Accepted ".length);
  if (methodEnd < 0 || !message.startsWith(" for ", methodEnd)) return notALogin;
  const start = methodEnd + " for ".length;
  const plain = isSecret(message.slice("Accepted ".length, methodEnd));
  const origin = plain ? readPlainTail(message, start) : readDetailedTail(message, start);
  return origin === undefined ? unreadable : { kind: "accepted", invalid: false, name: origin.name, host: origin.host };
}

/** `Invalid user NAME from HOST[ port N]` */
function readAnnounced(message: string): OpensshAttempt | LineMalformed {
  const end = withoutPreauth(message);
  const origin = readOriginWithPort(message, announcement.length, end) ?? readOrigin(message, announcement.length, end);
  return origin === undefined ? unreadable : { kind: "announced", invalid: true, name: origin.name, host: origin.host };
}

/** A method in which the client offers a secret, so that one failure is one guess; the others offer keys and tickets. */
function isSecret(method: string): boolean {
  return method === "password" || method === "none" || method.startsWith("keyboard-interactive") || method === "challenge-response";
}

/**
 * Where sshd adds nothing behind `ssh2` the line ends in its own words, whatever the name contains. Only a patched sshd adds more;
 * then the last place that reads as an origin is the true one, for the name stands before it.
 */
function readPlainTail(message: string, start: number): OpensshOrigin | undefined {
  const end = withoutPreauth(message);
  if (message.endsWith(" ssh2", end)) return readOriginWithPort(message, start, end - " ssh2".length);
  for (let at = message.lastIndexOf(" ssh2:"); at > start; at = message.lastIndexOf(" ssh2:", at - 1)) {
    const origin = readOriginWithPort(message, start, at);
    if (origin !== undefined) return origin;
  }
  return undefined;
}

/**
 * Behind `ssh2:` stand a key's comment or a client's own name, which may be forged; the account was let in, so its name is a real
 * one and is not. Hence the first place that reads as an origin.
 */
function readDetailedTail(message: string, start: number): OpensshOrigin | undefined {
  for (let at = message.indexOf(" ssh2:", start); at >= 0; at = message.indexOf(" ssh2:", at + 1)) {
    const origin = readOriginWithPort(message, start, at);
    if (origin !== undefined) return origin;
  }
  return readPlainTail(message, start);
}

function withoutPreauth(message: string): number {
  return message.endsWith(preauth) ? message.length - preauth.length : message.length;
}
