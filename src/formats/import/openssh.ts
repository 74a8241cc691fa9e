import type { LoginEvent } from "../../core/model/login-event.js";
import { isAddressText } from "./address-text.js";
import type { Importer, LineMalformed, LineResult, LineSkipped } from "./importer.js";
import { type OpensshAttempt, readOpensshMessage } from "./openssh-message.js";
import { recentSet } from "./recent-set.js";
import { readRepeatedMessage } from "./repeated-message.js";
import { readSyslogLine, type SyslogLine } from "./syslog-line.js";
import { skipSyslogPriority } from "./syslog-priority.js";
import { readSyslogTime } from "./syslog-time.js";
import { syslogYears } from "./syslog-years.js";

export interface OpensshOptions {
  /** Year of the log's first line, for stamps that carry none (`Mar 30 15:54:19`). Without it such lines are malformed. */
  readonly year?: number;
}

const emptyLine: LineSkipped = { kind: "skipped", reason: "empty-line" };
const otherProgram: LineSkipped = { kind: "skipped", reason: "other-program" };
const unnamedRepeat: LineSkipped = { kind: "skipped", reason: "unnamed-repeat" };
const sameAttempt: LineSkipped = { kind: "skipped", reason: "duplicate-of-failure" };
const unreadableLine: LineMalformed = { kind: "malformed", reason: "unreadable-line" };

/** sshd serves few connections at once before they are let in (`MaxStartups`); this is room for a whole fleet's log. */
const rememberedNames = 10_000;

/**
 * Makes an importer of OpenSSH's sshd log, in any of the shapes in which syslog and journald write it.
 *
 * One attempt is one guess at a secret or one login let in; the several lines that sshd and PAM write of it become one event. Offered
 * keys are no guesses. Names and addresses stay as written; a host name gives no `source.ip`. Stamps without a zone are UTC.
 * What is read and what is skipped under which reason: `docs/reference/formats/openssh.md`.
 *
 * @throws RangeError when `year` is not a whole number from 1970 to 9998.
 * @example
 * const log = openssh({ year: 2026 });
 * const line = "Mar 30 15:54:19 bastion sshd[14356]: Failed password for alice from 192.0.2.7 port 57443 ssh2";
 * const result = log.read(line, 1);
 * result.kind; //=> "events"
 */
export function openssh({ year }: OpensshOptions = {}): Importer {
  const years = syslogYears(year);
  const announced = recentSet(rememberedNames);

  function attemptsOf(record: SyslogLine, at: number, lineNumber: number): LineResult {
    const folded = readRepeatedMessage(record.message);
    if (typeof folded === "string") return { kind: "malformed", reason: folded };
    const attempt = readOpensshMessage(folded.message);
    if (attempt.kind === "skipped" || attempt.kind === "malformed") return attempt;
    let first = 1;
    if (attempt.invalid) {
      const key = `${record.host} ${record.pid} ${attempt.host} ${attempt.name}`;
      if (attempt.kind === "announced") announced.add(key);
      else if (announced.take(key)) first = 2;
    }
    if (first > folded.times) return sameAttempt;
    const id = `${record.host}/${record.pid}/${at}/${lineNumber}`;
    if (folded.message === record.message) return { kind: "events", events: [eventOf(attempt, at, id)] };
    const events: LoginEvent[] = [];
    for (let nth = first; nth <= folded.times; nth++) events.push(eventOf(attempt, at, `${id}.${nth}`));
    return { kind: "events", events };
  }

  return {
    format: "openssh",
    read(line, lineNumber) {
      if (!line.includes("sshd")) {
        readSyslogTime(line, skipSyslogPriority(line), years); // other programs' lines count for the turn of the year
        if (isUnnamedRepeat(line)) return unnamedRepeat;
        return line.trim() === "" ? emptyLine : otherProgram;
      }
      const record = readSyslogLine(line, years);
      if (record === undefined) return mayBeSshd(line) ? unreadableLine : otherProgram;
      if (record.program !== "sshd" && record.program !== "sshd-session" && record.program !== "sshd-auth") return otherProgram;
      if (typeof record.time === "string") return { kind: "malformed", reason: record.time };
      return attemptsOf(record, record.time, lineNumber);
    },
  };
}

/** `last message repeated 5 times`, as BSD's syslogd writes: of which message and program it does not say. */
function isUnnamedRepeat(line: string): boolean {
  return line.includes("times", line.length - 7) && line.includes("last message repeated ");
}

/** Whether a line without a readable front has sshd's mark all the same, and must not vanish among other programs' lines. */
function mayBeSshd(line: string): boolean {
  const structured = line.startsWith("<") && line.includes(" sshd ");
  return structured || line.includes("sshd[") || line.includes("sshd:") || line.includes("sshd-session") || line.includes("sshd-auth");
}

/** Says nothing of factors: the log names the last method, of possibly several. */
function eventOf({ kind, invalid, name, host }: OpensshAttempt, at: number, id: string): LoginEvent {
  const source = isAddressText(host) ? { ip: host } : {};
  if (kind === "accepted") return { id, at, kind: "login", outcome: "success", account: { id: name }, source };
  const failure = invalid ? "unknown-account" : "wrong-password";
  return { id, at, kind: "login", outcome: "failure", failure, account: { id: name }, source };
}
