/** Why an sshd message that is no attempt was skipped; the format's page explains each. */
export type OpensshSkipReason =
  | "pam-line"
  | "summary-line"
  | "duplicate-of-failure"
  | "key-probing"
  | "opening-request"
  | "unfinished"
  | "account-refused"
  | "disconnect"
  | "connection"
  | "session"
  | "not-a-login";

const byFront: readonly (readonly [front: string, reason: OpensshSkipReason])[] = [
  ["pam_", "pam-line"],
  ["PAM service(", "pam-line"],
  ["PAM: ", "pam-line"],
  ["PAM ", "summary-line"],
  ["maximum authentication attempts exceeded", "summary-line"],
  ["Disconnecting: Too many authentication failures", "summary-line"],
  ["input_userauth_request: ", "duplicate-of-failure"],
  ["Disconnecting", "disconnect"],
  ["Disconnected from ", "disconnect"],
  ["Received disconnect from ", "disconnect"],
  ["Connection closed by ", "disconnect"],
  ["Connection reset by ", "disconnect"],
  ["Connection from ", "connection"],
  ["Starting session: ", "session"],
  ["Close session: ", "session"],
  ["User child is on pid ", "session"],
  ["Postponed ", "unfinished"],
  ["Partial ", "unfinished"],
  ["ROOT LOGIN REFUSED FROM ", "account-refused"],
];

/**
 * Says what kind of ordinary line an sshd message is that tells of no attempt. Never reads past the front of the text, except that
 * two kinds are known by their end.
 *
 * @example
 * opensshSkipReason("error: maximum authentication attempts exceeded for root from 192.0.2.1 port 22 ssh2"); //=> "summary-line"
 */
export function opensshSkipReason(message: string): OpensshSkipReason {
  const start = message.startsWith("error: ") ? "error: ".length : 0;
  if (message.startsWith("Disconnecting ") && /: Too many authentication failures(?: \[preauth\])?$/.test(message)) return "summary-line";
  if (message.startsWith("User ") && message.includes(" not allowed because ")) return "account-refused";
  for (const [front, reason] of byFront) if (message.startsWith(front, start)) return reason;
  return "not-a-login";
}
