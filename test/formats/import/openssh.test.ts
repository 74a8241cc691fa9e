import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import type { LineResult } from "../../../src/formats/import/importer.js";
import { openssh } from "../../../src/formats/import/openssh.js";

const front = "Mar 30 15:54:19 bastion sshd[14356]: ";
const at = Date.UTC(2026, 2, 30, 15, 54, 19);

/** Reads lines with one importer. */
const readAll = (...lines: readonly string[]): LineResult[] => {
  const log = openssh({ year: 2026 });
  return lines.map((line, index) => log.read(line, index + 1));
};
const read = (line: string): LineResult => readAll(line)[0]!;
const eventsOf = (result: LineResult): readonly LoginEvent[] => (result.kind === "events" ? result.events : []);
/** One word a line: how many events, or the reason. */
const inShort = (results: readonly LineResult[]) => results.map((r) => (r.kind === "events" ? r.events.length : r.reason));
const timeOf = (line: string) => {
  const result = read(line);
  return result.kind === "events" ? new Date(result.events[0]!.at).toISOString() : result.reason;
};
const whoOf = (message: string) => {
  const result = read(front + message);
  return result.kind === "events" ? result.events.map((e) => [e.account.id, e.source.ip]) : result.reason;
};

describe("an openssh importer", () => {
  it("reads a failed password as one failure", () => {
    expect(read(`${front}Failed password for alice from 192.0.2.7 port 57443 ssh2`)).toStrictEqual({
      kind: "events",
      events: [
        {
          id: `bastion/14356/${at}/1`,
          at,
          kind: "login",
          outcome: "failure",
          failure: "wrong-password",
          account: { id: "alice" },
          source: { ip: "192.0.2.7" },
        },
      ],
    });
  });

  it("reads an accepted password as a success, with nothing said of factors", () => {
    expect(eventsOf(read(`${front}Accepted password for alice from 192.0.2.7 port 57443 ssh2`))).toStrictEqual([
      { id: `bastion/14356/${at}/1`, at, kind: "login", outcome: "success", account: { id: "alice" }, source: { ip: "192.0.2.7" } },
    ]);
  });

  it("gives each line of a log its own id, and the same ids each time it is read", () => {
    const lines = Array.from({ length: 5 }, () => `${front}Failed password for alice from 192.0.2.7 port 57443 ssh2`);
    const ids = () => readAll(...lines).flatMap((result) => eventsOf(result).map(({ id }) => id));
    expect(new Set(ids()).size).toBe(5);
    expect(ids()).toEqual(ids());
  });

  it("is called openssh", () => expect(openssh().format).toBe("openssh"));
  it.each([1969, 9999, 2026.5, Number.NaN])("refuses %s as a year", (year) => expect(() => openssh({ year })).toThrow(RangeError));
});

describe("what counts as an attempt", () => {
  it.each([
    ["a password", "Failed password for alice from 192.0.2.7 port 1 ssh2", "wrong-password"],
    ["a password for no account", "Failed password for invalid user alice from 192.0.2.7 port 1 ssh2", "unknown-account"],
    ["keyboard-interactive", "Failed keyboard-interactive/pam for alice from 192.0.2.7 port 1 ssh2", "wrong-password"],
    [
      "keyboard-interactive for no account",
      "Failed keyboard-interactive/pam for invalid user alice from 192.0.2.7 port 1 ssh2",
      "unknown-account",
    ],
    ["keyboard-interactive without a device", "Failed keyboard-interactive for alice from 192.0.2.7 port 1 ssh2", "wrong-password"],
    ["an empty password for no account", "Failed none for invalid user alice from 192.0.2.7 port 1 ssh2", "unknown-account"],
    ["an announced name", "Invalid user alice from 192.0.2.7 port 1", "unknown-account"],
    ["an announced name, without a port", "Invalid user alice from 192.0.2.7", "unknown-account"],
    ["a line of the process before the login", "Failed password for alice from 192.0.2.7 port 1 ssh2 [preauth]", "wrong-password"],
    ["an announced name of the process before the login", "Invalid user alice from 192.0.2.7 [preauth]", "unknown-account"],
    ["a password that works", "Accepted password for alice from 192.0.2.7 port 1 ssh2", undefined],
    ["a key that works", "Accepted publickey for alice from 192.0.2.7 port 1 ssh2: ED25519 SHA256:AbCd+/x", undefined],
    ["a key that works, as old servers write it", "Accepted publickey for alice from 192.0.2.7 port 1 ssh2", undefined],
    ["a ticket that works", "Accepted gssapi-with-mic for alice from 192.0.2.7 port 1 ssh2: alice@EXAMPLE.NET", undefined],
    [
      "a host that is trusted",
      'Accepted hostbased for alice from 192.0.2.7 port 1 ssh2: RSA SHA256:x, client user "a", client host "b"',
      undefined,
    ],
    ["one-time code", "Accepted keyboard-interactive/pam for alice from 192.0.2.7 port 1 ssh2", undefined],
  ])("counts %s", (_, message, failure) => {
    const [event, ...more] = eventsOf(read(front + message));
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      outcome: failure === undefined ? "success" : "failure",
      account: { id: "alice" },
      source: { ip: "192.0.2.7" },
    });
    expect(event?.failure).toBe(failure);
  });

  it.each([
    [
      "PAM's own line",
      "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=alice",
      "pam-line",
    ],
    ["PAM's line through sshd", "error: PAM: Authentication failure for alice from 192.0.2.7", "pam-line"],
    ["PAM's opened session", "pam_unix(sshd:session): session opened for user alice by (uid=0)", "pam-line"],
    ["PAM's limit", "PAM service(sshd) ignoring max retries; 6 > 3", "pam-line"],
    ["PAM's sum", "PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=alice", "summary-line"],
    ["the limit reached", "error: maximum authentication attempts exceeded for alice from 192.0.2.7 port 1 ssh2 [preauth]", "summary-line"],
    ["the limit's farewell", "Disconnecting: Too many authentication failures [preauth]", "summary-line"],
    [
      "the limit's farewell, newer",
      "Disconnecting authenticating user alice 192.0.2.7 port 1: Too many authentication failures [preauth]",
      "summary-line",
    ],
    ["the second word of an unknown name", "input_userauth_request: invalid user alice [preauth]", "duplicate-of-failure"],
    ["a key that is not known", "Failed publickey for alice from 192.0.2.7 port 1 ssh2: RSA SHA256:x", "key-probing"],
    ["a key for no account", "Failed publickey for invalid user alice from 192.0.2.7 port 1 ssh2: RSA SHA256:x", "key-probing"],
    ["a ticket that is not good", "Failed gssapi-with-mic for alice from 192.0.2.7 port 1 ssh2", "key-probing"],
    ["a client's opening request", "Failed none for alice from 192.0.2.7 port 1 ssh2", "opening-request"],
    ["a first factor passed", "Partial publickey for alice from 192.0.2.7 port 1 ssh2: RSA SHA256:x", "unfinished"],
    ["a question asked", "Postponed keyboard-interactive for alice from 192.0.2.7 port 1 ssh2 [preauth]", "unfinished"],
    ["an account not on the list", "User alice from 192.0.2.7 not allowed because not listed in AllowUsers", "account-refused"],
    ["root not let in", "ROOT LOGIN REFUSED FROM 192.0.2.7 port 1", "account-refused"],
    ["a client that went away", "Connection closed by authenticating user alice 192.0.2.7 port 1 [preauth]", "disconnect"],
    ["a client that was cut off", "Connection reset by 192.0.2.7 port 1 [preauth]", "disconnect"],
    ["a client that took its leave", "Received disconnect from 192.0.2.7 port 1:11: disconnected by user", "disconnect"],
    ["an error at leaving", "error: Received disconnect from 192.0.2.7 port 1:3: com.example.Error: Auth fail [preauth]", "disconnect"],
    ["the end", "Disconnected from user alice 192.0.2.7 port 1", "disconnect"],
    ["the beginning", "Connection from 192.0.2.7 port 1 on 192.0.2.1 port 22", "connection"],
    ["a shell", "Starting session: shell on pts/0 for alice from 192.0.2.7 port 1 id 0", "session"],
    ["the server's start", "Server listening on :: port 22.", "not-a-login"],
    ["a failure of another kind", "Failed to release session: Connection timed out", "not-a-login"],
    ["nothing", "", "not-a-login"],
  ])("skips %s", (_, message, reason) => {
    expect(read(front + message)).toEqual({ kind: "skipped", reason });
  });

  it.each([
    ["another program", "Mar 30 15:54:19 bastion sudo:   alice : TTY=pts/0 ; COMMAND=/bin/su", "other-program"],
    [
      "another program with sshd's words",
      `Mar 30 15:54:19 bastion logger[1]: sshd[2]: Failed password for root from 192.0.2.7 port 1 ssh2`,
      "other-program",
    ],
    [
      "a program with a longer name",
      "Mar 30 15:54:19 bastion sshdx[1]: Failed password for root from 192.0.2.7 port 1 ssh2",
      "other-program",
    ],
    ["any text at all", "sshd is a daemon", "other-program"],
    ["journald's own line", "-- Boot 5b1c0de --", "other-program"],
    ["an empty line", "", "empty-line"],
    ["a blank line", "  \r", "empty-line"],
    ["a repeat that does not say of what", "Mar 30 15:54:19 bastion last message repeated 5 times", "unnamed-repeat"],
  ])("skips %s", (_, line, reason) => {
    expect(read(line)).toEqual({ kind: "skipped", reason });
  });

  it.each([
    ["a line cut short", "Failed password for alice from 192.0.2.7 po"],
    ["a port that is none", "Failed password for alice from 192.0.2.7 port x ssh2"],
    ["a port too long", "Failed password for alice from 192.0.2.7 port 123456 ssh2"],
    ["no host", "Failed password for alice from  port 1 ssh2"],
    ["a success without a host", "Accepted publickey for alice"],
    ["a name without a host", "Invalid user alice"],
  ])("calls %s malformed", (_, message) => {
    expect(read(front + message)).toEqual({ kind: "malformed", reason: "unreadable-attempt" });
  });
});

describe("one attempt on several lines", () => {
  const announced = `${front}Invalid user mallory from 192.0.2.7 port 1`;
  const failed = `${front}Failed password for invalid user mallory from 192.0.2.7 port 1 ssh2`;

  it.each([
    ["is announced and fails", [announced, failed], [1, "duplicate-of-failure"]],
    ["fails twice more", [announced, failed, failed, failed], [1, "duplicate-of-failure", 1, 1]],
    [
      "is announced again on each connection",
      [announced, failed, announced, failed],
      [1, "duplicate-of-failure", 1, "duplicate-of-failure"],
    ],
    ["was never announced", [failed, failed], [1, 1]],
    [
      "offers a key in between",
      [announced, `${front}Failed publickey for invalid user mallory from 192.0.2.7 port 1 ssh2: RSA SHA256:x`, failed],
      [1, "key-probing", "duplicate-of-failure"],
    ],
    ["fails in another process", [announced, failed.replace("14356", "14357")], [1, 1]],
    ["fails on another machine", [announced, failed.replace("bastion", "gateway")], [1, 1]],
    ["fails from another address", [announced, failed.replace("192.0.2.7", "192.0.2.8")], [1, 1]],
    ["fails under another name", [announced, failed.replace("mallory", "trudy")], [1, 1]],
    ["fails as an account that exists", [announced, failed.replace("invalid user ", "")], [1, 1]],
    [
      "is one of several in one process",
      [announced, announced.replace("mallory", "trudy"), failed, failed.replace("mallory", "trudy")],
      [1, 1, "duplicate-of-failure", "duplicate-of-failure"],
    ],
    ["has no process id", [announced, failed].map((line) => line.replace("[14356]", "")), [1, "duplicate-of-failure"]],
    ["has an empty name", [announced, failed].map((line) => line.replace("mallory", "")), [1, "duplicate-of-failure"]],
    [
      "has PAM's lines between",
      [announced, `${front}pam_unix(sshd:auth): check pass; user unknown`, failed],
      [1, "pam-line", "duplicate-of-failure"],
    ],
  ])("a name that %s", (_, lines, expected) => {
    expect(inShort(readAll(...lines))).toEqual(expected);
  });

  it("forgets the oldest of more than 10,000 names, and never counts too few", () => {
    const log = openssh({ year: 2026 });
    const of = (pid: number, line: string) => line.replace("14356", String(pid));
    for (let pid = 1; pid <= 10_001; pid++) log.read(of(pid, announced), pid);
    expect(inShort([1, 2, 10_001].map((pid) => log.read(of(pid, failed), 20_000 + pid)))).toEqual([
      1,
      "duplicate-of-failure",
      "duplicate-of-failure",
    ]);
  });
});

describe("message repeated", () => {
  const repeated = (times: string, message: string) => `${front}message repeated ${times} times: [ ${message}]`;
  const failed = "Failed password for alice from 192.0.2.7 port 1 ssh2";

  it("is that many more, at one time, each with its own id", () => {
    const events = eventsOf(read(repeated("3", failed)));
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3].map((nth) => `bastion/14356/${at}/1.${nth}`));
    expect(new Set(events.map((event) => event.at))).toEqual(new Set([at]));
    expect(events.every((event) => event.account.id === "alice" && event.source.ip === "192.0.2.7")).toBe(true);
  });

  it.each([
    ["once", repeated("1", failed), 1],
    ["10,000 times", repeated("10000", failed), 10_000],
    ["10,001 times", repeated("10001", failed), "too-many-repeats"],
    ["more often than a number can say", repeated("9".repeat(400), failed), "too-many-repeats"],
    ["no times", repeated("0", failed), "bad-repeat"],
    ["a negative number of times", repeated("-1", failed), "bad-repeat"],
    ["in hexadecimal", repeated("0x10", failed), "bad-repeat"],
    ["and cut short", repeated("5", failed).slice(0, -1), "bad-repeat"],
    ["and cut shorter", `${front}message repeated`, "bad-repeat"],
    ["without a blank", `${front}message repeated 2 times: [${failed}]`, 2],
    ["and is no attempt", repeated("5", "Connection closed by 192.0.2.7 port 1 [preauth]"), "disconnect"],
    ["and is itself a repeat", repeated("5", `message repeated 5 times: [ ${failed}]`), "bad-repeat"],
  ])("%s", (_, line, expected) => {
    expect(inShort([read(line)])).toEqual([expected]);
  });

  it("takes the announced one off", () => {
    const lines = [`${front}Invalid user x from 192.0.2.7 port 1`, repeated("3", failed.replace("alice", "invalid user x"))];
    expect(inShort(readAll(...lines))).toEqual([1, 2]);
  });
});

describe("names chosen to mislead", () => {
  const forged = "root from 198.51.100.7 port 55555 ssh2";
  it.each([
    ["a whole origin", `Failed password for invalid user ${forged} from 192.0.2.7 port 1 ssh2`, forged],
    ["a whole origin and a colon", `Failed password for invalid user ${forged}: x from 192.0.2.7 port 1 ssh2`, `${forged}: x`],
    ["an origin, announced", `Invalid user a from 198.51.100.7 port 55555 from 192.0.2.7 port 1`, "a from 198.51.100.7 port 55555"],
    ["an origin, announced without a port", `Invalid user a from 198.51.100.7 port 55555 from 192.0.2.7`, "a from 198.51.100.7 port 55555"],
    ["the end of a line", `Failed password for invalid user ${forged} [preauth] from 192.0.2.7 port 1 ssh2`, `${forged} [preauth]`],
    ["sshd's own mark", `Failed password for invalid user ${front}Accepted from 192.0.2.7 port 1 ssh2`, `${front}Accepted`],
    ["sshd's own words", `Failed password for invalid user invalid user x from 192.0.2.7 port 1 ssh2`, "invalid user x"],
    ["an origin in a name that exists", `Accepted password for ${forged} from 192.0.2.7 port 1 ssh2`, forged],
    ["an origin in a name that exists and has a key", `Accepted publickey for ${forged} from 192.0.2.7 port 1 ssh2: RSA SHA256:x`, forged],
    ["the word from", "Failed password for invalid user  from  from 192.0.2.7 port 1 ssh2", " from "],
    ["nothing", "Failed password for invalid user  from 192.0.2.7 port 1 ssh2", ""],
    ["nothing, for an account", "Failed password for  from 192.0.2.7 port 1 ssh2", ""],
    ["nothing, announced", "Invalid user  from 192.0.2.7 port 1", ""],
    ["nothing, announced without a port", "Invalid user  from 192.0.2.7", ""],
    ["blanks before", "Failed password for invalid user   bob from 192.0.2.7 port 1 ssh2", "  bob"],
    ["blanks behind", "Failed password for invalid user bob   from 192.0.2.7 port 1 ssh2", "bob  "],
    ["several hundred characters", `Invalid user ${"x".repeat(700)} from 192.0.2.7 port 1`, "x".repeat(700)],
    ["control characters", "Invalid user \u0000\u001b[2J\t\u0007 from 192.0.2.7 port 1", "\u0000\u001b[2J\t\u0007"],
    ["control characters as sshd writes them", "Invalid user \\003\\n#012 from 192.0.2.7 port 1", "\\003\\n#012"],
    ["letters of all kinds", "Invalid user пользователь👤 from 192.0.2.7 port 1", "пользователь👤"],
  ])("contain %s", (_, message, name) => {
    expect(whoOf(message)).toEqual([[name, "192.0.2.7"]]);
  });

  it.each([
    [
      "a forged key comment",
      "Accepted publickey for bob from 192.0.2.7 port 1 ssh2: RSA-CERT SHA256:x ID bob from 198.51.100.7 port 9 ssh2: CA RSA",
    ],
    ["a forged client name", 'Accepted hostbased for bob from 192.0.2.7 port 1 ssh2: client user "x from 198.51.100.7 port 9 ssh2'],
    ["text a patched server adds", "Failed password for bob from 192.0.2.7 port 1 ssh2: from 198.51.100.7 port 9"],
  ])("behind ssh2: %s is not the host", (_, message) => {
    expect(whoOf(message)).toEqual([["bob", "192.0.2.7"]]);
  });
});

describe("hosts", () => {
  it.each([
    ["IPv4", "192.0.2.7", "192.0.2.7"],
    ["IPv6", "2001:db8::7", "2001:db8::7"],
    ["IPv6 in capitals", "2001:DB8::A", "2001:DB8::A"],
    ["IPv4-mapped, as written", "::ffff:192.0.2.7", "::ffff:192.0.2.7"],
    ["a zone", "fe80::1%eth0", "fe80::1%eth0"],
    ["leading zeros, as written", "192.030.0.6", "192.030.0.6"],
    ["a number too great, as written", "999.0.2.7", "999.0.2.7"],
    ["a host name", "client.example.net", undefined],
    ["a host name that begins like an address", "192.0.2.7.example.net", undefined],
    ["a host name of one word", "localhost", undefined],
    ["what sshd writes when it does not know", "UNKNOWN", undefined],
    ["an address with a port, which sshd never writes", "192.0.2.7:22", undefined],
  ])("%s", (_, host, ip) => {
    const [event] = eventsOf(read(`${front}Failed password for alice from ${host} port 1 ssh2`));
    expect(event?.source).toStrictEqual(ip === undefined ? {} : { ip });
  });
});

describe("shapes of a syslog line", () => {
  const message = "Failed password for alice from 192.0.2.7 port 1 ssh2";
  it.each([
    ["RFC 3164", `Mar 30 15:54:19 bastion sshd[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["a day of one digit", `Mar  3 15:54:19 bastion sshd[1]: ${message}`, "2026-03-03T15:54:19.000Z"],
    ["a day of one digit and one blank", `Mar 3 15:54:19 bastion sshd[1]: ${message}`, "2026-03-03T15:54:19.000Z"],
    ["a fraction, as journalctl -o short-precise", `Mar 30 15:54:19.987654 bastion sshd[1]: ${message}`, "2026-03-30T15:54:19.987Z"],
    ["no pid", `Mar 30 15:54:19 bastion sshd: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["no host", `Mar 30 15:54:19 sshd[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["a host called sshd", `Mar 30 15:54:19 sshd sshd[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["sshd-session", `Mar 30 15:54:19 bastion sshd-session[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["sshd-auth", `Mar 30 15:54:19 bastion sshd-auth[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["Solaris's message id", `Mar 30 15:54:19 bastion sshd[1]: [ID 800047 auth.info] ${message}`, "2026-03-30T15:54:19.000Z"],
    ["BusyBox's facility", `Mar 30 15:54:19 bastion auth.info sshd[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["a priority", `<38>Mar 30 15:54:19 bastion sshd[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["a byte order mark", `\ufeffMar 30 15:54:19 bastion sshd[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["a carriage return", `Mar 30 15:54:19 bastion sshd[1]: ${message}\r`, "2026-03-30T15:54:19.000Z"],
    ["ISO with an offset", `2026-03-30T15:54:19.123456+02:00 bastion sshd[1]: ${message}`, "2026-03-30T13:54:19.123Z"],
    ["ISO with an offset, as journalctl -o short-iso", `2026-03-30T15:54:19-0230 bastion sshd[1]: ${message}`, "2026-03-30T18:24:19.000Z"],
    ["ISO with hours only", `2026-03-30T15:54:19+02 bastion sshd[1]: ${message}`, "2026-03-30T13:54:19.000Z"],
    ["ISO in UTC", `2026-03-30T15:54:19Z bastion sshd[1]: ${message}`, "2026-03-30T15:54:19.000Z"],
    ["ISO without a zone, which is UTC", `2026-03-30 15:54:19,5 bastion sshd[1]: ${message}`, "2026-03-30T15:54:19.500Z"],
    ["RFC 5424", `<38>1 2026-03-30T15:54:19.123Z bastion sshd 1 - - ${message}`, "2026-03-30T15:54:19.123Z"],
    ["RFC 5424 without a priority", `1 2026-03-30T15:54:19Z bastion sshd 1 - - ${message}`, "2026-03-30T15:54:19.000Z"],
    [
      "structured data",
      `<38>1 2026-03-30T15:54:19Z bastion sshd 1 ID7 [a@1 b="c d"][e f="\\"]\\]"] ${message}`,
      "2026-03-30T15:54:19.000Z",
    ],
    ["a byte order mark before the message", `<38>1 2026-03-30T15:54:19Z bastion sshd 1 - - \ufeff${message}`, "2026-03-30T15:54:19.000Z"],
    ["no host and no pid in RFC 5424", `<38>1 2026-03-30T15:54:19Z - sshd - - - ${message}`, "2026-03-30T15:54:19.000Z"],
    ["29 February in a leap year", `2028-02-29T00:00:00Z bastion sshd[1]: ${message}`, "2028-02-29T00:00:00.000Z"],
  ])("reads %s", (_, line, time) => {
    expect(timeOf(line)).toBe(time);
    expect(eventsOf(read(line))[0]).toMatchObject({ account: { id: "alice" }, source: { ip: "192.0.2.7" } });
  });

  it.each([
    ["29 February in another year", `Feb 29 15:54:19 bastion sshd[1]: ${message}`, "bad-time"],
    ["30 February", `Feb 30 15:54:19 bastion sshd[1]: ${message}`, "bad-time"],
    ["day 0", `Mar  0 15:54:19 bastion sshd[1]: ${message}`, "bad-time"],
    ["day 32", `Mar 32 15:54:19 bastion sshd[1]: ${message}`, "bad-time"],
    ["hour 25", `Mar 30 25:61:00 bastion sshd[1]: ${message}`, "bad-time"],
    ["second 60", `Mar 30 23:59:60 bastion sshd[1]: ${message}`, "bad-time"],
    ["month 13", `2026-13-30T15:54:19Z bastion sshd[1]: ${message}`, "bad-time"],
    ["an offset of 99 hours", `2026-03-30T15:54:19+99:00 bastion sshd[1]: ${message}`, "bad-time"],
    ["a year before 1970", `1969-03-30T15:54:19Z bastion sshd[1]: ${message}`, "bad-time"],
    ["a month in another language", `Mrz 30 15:54:19 bastion sshd[1]: ${message}`, "unknown-month"],
    ["no time at all", `sshd[1]: ${message}`, "unreadable-line"],
    ["a time of day alone", `15:54:19 bastion sshd[1]: ${message}`, "unreadable-line"],
    ["a date in another order", `30/03/2026 15:54:19 bastion sshd[1]: ${message}`, "unreadable-line"],
    ["structured data without end", `<38>1 2026-03-30T15:54:19Z bastion sshd 1 - [a b="c] ${message}`, "unreadable-line"],
    ["a pid without end", `Mar 30 15:54:19 bastion sshd[1 ${message}`, "unreadable-line"],
    ["no time in RFC 5424", `<38>1 - bastion sshd 1 - - ${message}`, "no-timestamp"],
  ])("calls %s malformed", (_, line, reason) => {
    expect(read(line)).toEqual({ kind: "malformed", reason });
  });

  it("reads 29 February without a year when its year has one", () => {
    const [event] = eventsOf(openssh({ year: 2028 }).read(`Feb 29 15:54:19 bastion sshd[1]: ${message}`, 1));
    expect(event?.at).toBe(Date.UTC(2028, 1, 29, 15, 54, 19));
  });

  it("invents no year", () => {
    const line = (stamp: string) => `${stamp} bastion sshd[1]: ${message}`;
    expect(openssh().read(line("Mar 30 15:54:19"), 1)).toEqual({ kind: "malformed", reason: "no-year" });
    expect(openssh().read(line("2026-03-30T15:54:19Z"), 1).kind).toBe("events");
  });
});

describe("the turn of the year", () => {
  const on = (stamp: string, program = "sshd[1]") =>
    `${stamp} 12:00:00 bastion ${program}: Failed password for alice from 192.0.2.7 port 1 ssh2`;
  const daysOf = (...lines: readonly string[]) =>
    readAll(...lines).map((result) =>
      result.kind === "events" ? new Date(result.events[0]!.at).toISOString().slice(0, 10) : result.reason,
    );

  it.each([
    ["January after December", [on("Dec 31"), on("Jan  1")], ["2026-12-31", "2027-01-01"]],
    [
      "a late December line, for that line only",
      [on("Dec 31"), on("Jan  1"), on("Dec 31"), on("Jan  2")],
      ["2026-12-31", "2027-01-01", "2026-12-31", "2027-01-02"],
    ],
    ["a late December line at the very start", [on("Jan  1"), on("Dec 31"), on("Jan  1")], ["2026-01-01", "2025-12-31", "2026-01-01"]],
    [
      "two turns",
      [on("Dec 31"), on("Jan  1"), on("May  1"), on("Oct  1"), on("Jan  1")],
      ["2026-12-31", "2027-01-01", "2027-05-01", "2027-10-01", "2028-01-01"],
    ],
    ["a late line within a year", [on("Apr  1"), on("Mar 31"), on("Apr  1")], ["2026-04-01", "2026-03-31", "2026-04-01"]],
    ["a quiet autumn", [on("Sep  1"), on("Feb  1")], ["2026-09-01", "2027-02-01"]],
    ["one line of a clock that was wrong", [on("Aug  1"), on("Jan  1"), on("Aug  1")], ["2026-08-01", "2027-01-01", "2026-08-01"]],
    ["a turn that only another program saw", [on("Dec 31", "CRON[1]"), on("Jan  1")], ["other-program", "2027-01-01"]],
    [
      "29 February of the next, leap year",
      [...Array(2)].flatMap(() => [on("Nov  1"), on("Feb 29")]).slice(0, 2),
      ["2026-11-01", "bad-time"],
    ],
    ["a line that is malformed", [on("Jun  1"), on("Dec 77"), on("Jun  1")], ["2026-06-01", "bad-time", "2026-06-01"]],
    [
      "stamps with a year in between",
      [on("Dec 31"), on("2026-01-01").replace(" 12", "T12"), on("Dec 31")],
      ["2026-12-31", "2026-01-01", "2026-12-31"],
    ],
  ])("%s", (_, lines, days) => {
    expect(daysOf(...lines)).toEqual(days);
  });
});

describe("laws", () => {
  const pieces = [
    " from ",
    "198.51.100.7",
    " port ",
    "55555",
    " ssh2",
    ":",
    " ",
    "invalid user ",
    " [preauth]",
    "]",
    "[",
    "message repeated 5 times: [ ",
    front,
  ];
  const name = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join("")),
  );
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  const hostName = fc.oneof(fc.domain(), fc.constantFrom("ssh2", "from", "port", "[::1]:22"));
  const host = fc.oneof(address, hostName);
  const lineOf = fc
    .tuple(
      fc.constantFrom(front, "2026-03-30T15:54:19+02:00 h sshd[1]: ", '<38>1 2026-03-30T15:54:19Z h sshd 1 - [a b="c"] '),
      fc.constantFrom(
        "Failed password for ",
        "Failed password for invalid user ",
        "Invalid user ",
        "Accepted publickey for ",
        "message repeated 5 times: [ Failed ",
      ),
      name,
      host,
    )
    .map(([start, words, who, where]) => `${start}${words}${who} from ${where} port 22 ssh2`);
  const mutated = fc
    .tuple(lineOf, fc.array(fc.tuple(fc.nat(200), fc.nat(8), fc.string({ unit: "binary", maxLength: 4 })), { minLength: 1, maxLength: 4 }))
    .map(([line, cuts]) => cuts.reduce((text, [from, length, put]) => text.slice(0, from) + put + text.slice(from + length), line));

  it("no line throws, and each is one of three things", () => {
    const log = openssh({ year: 2026 });
    let lineNumber = 0;
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), lineOf, mutated), (line) => {
        const result = log.read(line, ++lineNumber);
        if (result.kind !== "events") {
          expect(result.reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
          return;
        }
        expect(result.events.length).toBeGreaterThan(0);
        expect(result.events).toStrictEqual(JSON.parse(JSON.stringify(result.events)));
        for (const event of result.events) expect(Number.isSafeInteger(event.at)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  const origin = fc.oneof(
    address.map((where) => ({ where, ip: where })),
    hostName.map((where) => ({ where, ip: undefined })),
  );

  it("name and host come back exactly, whatever the name is", () => {
    fc.assert(
      fc.property(name, origin, fc.nat(65_535), fc.boolean(), (who, { where, ip }, port, invalid) => {
        fc.pre(invalid || !who.startsWith("invalid user "));
        const [event] = eventsOf(
          read(`${front}Failed password for ${invalid ? "invalid user " : ""}${who} from ${where} port ${port} ssh2`),
        );
        expect(event?.account.id).toBe(who);
        expect(event?.failure).toBe(invalid ? "unknown-account" : "wrong-password");
        expect(event?.source.ip).toBe(ip);
      }),
      { numRuns: 2_000 },
    );
  });

  it("an announced name comes back exactly, with a port and without", () => {
    fc.assert(
      fc.property(name, fc.ipV4(), fc.boolean(), (who, where, port) => {
        expect(whoOf(`Invalid user ${who} from ${where}${port ? " port 22" : ""}`)).toEqual([[who, where]]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["one long word", "x".repeat(1 << 20)],
    ["a forged origin over and over", `${front}Failed password for ${" from 198.51.100.7 port 5 ssh2:".repeat(33_000)}`],
    ["the mark of the end over and over", `${front}Accepted publickey for ${" ssh2:".repeat(170_000)}`],
    ["digits", `${front}Failed password for a from 192.0.2.7 port ${"1".repeat(1 << 20)} ssh2`],
    ["colons", `${front}Failed password for a from ${":".repeat(1 << 20)} port 1 ssh2`],
    ["blanks", `Mar 30 15:54:19 bastion${" ".repeat(1 << 20)}sshd[1]:${" ".repeat(1 << 20)}`],
    ["structured data without end", `<38>1 2026-03-30T15:54:19Z h sshd 1 - ${'[a b="'.repeat(170_000)}`],
    ["a repeat count", `${front}message repeated ${"9".repeat(1 << 20)} times: [ x]`],
  ])("a megabyte of %s does not hang", (_, line) => {
    const start = performance.now();
    read(line);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
