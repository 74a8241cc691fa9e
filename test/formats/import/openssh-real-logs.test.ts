import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { openssh } from "../../../src/formats/import/openssh.js";

/** Third-party logs, kept beside the repository and never in it: `shared/data/README.md` names their sources and licences. */
const data = new URL("../../../../shared/data/", import.meta.url);
const absent = !existsSync(data);

function linesOf(name: string): string[] {
  const text = readFileSync(new URL(name, data), "utf8");
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

function readLog(name: string, year: number) {
  const log = openssh({ year });
  const events: LoginEvent[] = [];
  const tally: Record<string, number> = {};
  for (const [index, line] of linesOf(name).entries()) {
    const result = log.read(line, index + 1);
    if (result.kind === "events") events.push(...result.events);
    const key = result.kind === "events" ? "events" : `${result.kind} ${result.reason}`;
    tally[key] = (tally[key] ?? 0) + 1;
  }
  return { events, tally };
}

describe.skipIf(absent)("a real auth.log of 25 days (elastic-examples)", () => {
  const { events, tally } = absent ? { events: [], tally: {} } : readLog("elastic-examples/auth.log", 2017);
  const failures = events.filter((event) => event.outcome === "failure");

  it("accounts for each of its 7,121 lines, none of them malformed", () => {
    expect(tally).toEqual({
      events: 1_025,
      "skipped other-program": 3_026,
      "skipped pam-line": 1_261,
      "skipped disconnect": 925,
      "skipped summary-line": 519,
      "skipped duplicate-of-failure": 270,
      "skipped not-a-login": 50,
      "skipped session": 24,
      "skipped connection": 17,
      "skipped key-probing": 4,
    });
    expect(Object.values(tally).reduce((sum, count) => sum + count, 0)).toBe(7_121);
  });

  it("has 226 successes", () => {
    expect(events.filter((event) => event.outcome === "success")).toHaveLength(226);
  });

  it("has 1,124 failures: 713 lines with their repeats, and 86 names that were announced and never tried", () => {
    const messages = linesOf("elastic-examples/auth.log").filter((line) => line.includes("Failed password"));
    expect(messages).toHaveLength(713);
    const guesses = messages
      .map((line) => Number(/message repeated (\d+) times/.exec(line)?.[1] ?? 1))
      .reduce((sum, times) => sum + times, 0);
    const announced = linesOf("elastic-examples/auth.log").filter((line) => line.includes("Invalid user "));
    expect([guesses, announced.length]).toEqual([1_038, 178]);
    const untried = announced.length - (tally["skipped duplicate-of-failure"]! - 178); // 178 lines of input_userauth_request
    expect(untried).toBe(86);
    expect(failures).toHaveLength(guesses + untried);
    expect(failures.filter((event) => event.failure === "unknown-account")).toHaveLength(417);
  });

  it("gives each event its own id and address", () => {
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    expect(events.every((event) => event.source.ip !== undefined)).toBe(true);
  });

  it("shows the guessed account: 147 failures in seven minutes, then a success in the next second", () => {
    const attack = events.filter(({ at, account, source }) => {
      const within = at >= Date.UTC(2017, 2, 30, 15, 54) && at < Date.UTC(2017, 2, 30, 16, 2);
      return within && account.id === "elastic_user_0" && source.ip === "24.151.103.17";
    });
    expect(attack.map((event) => event.outcome)).toEqual([...Array.from({ length: 147 }, () => "failure"), "success"]);
    expect(attack.some((event) => event.id.includes("."))).toBe(false); // no line is a repeat
    const at = (index: number) => new Date(attack.at(index)!.at).toISOString();
    expect([at(0), at(-2), at(-1)]).toEqual(["2017-03-30T15:54:19.000Z", "2017-03-30T16:01:35.000Z", "2017-03-30T16:01:36.000Z"]);
  });
});

interface Expected {
  readonly test: string;
  readonly expected_overflows: readonly { readonly events: readonly { source_ip: string; target_user: string; timestamp: string }[] }[];
  readonly expected_parsed?: readonly { readonly meta: { readonly source_ip: string; readonly user: string } }[];
}

describe.skipIf(absent)("CrowdSec's logs", () => {
  const expected = (test: string): Expected =>
    linesOf("crowdsec-hub/expected.jsonl")
      .map((line) => JSON.parse(line) as Expected)
      .find((entry) => entry.test === test)!;

  it("ssh-bf: the six attempts that CrowdSec sees, at its times", () => {
    const { events, tally } = readLog("crowdsec-hub/ssh-bf.log", 2026);
    const theirs = expected("ssh-bf").expected_overflows[0]!.events;
    expect(theirs).toHaveLength(6);
    expect(
      events.map((event) => ({
        log_type: event.outcome === "failure" ? "ssh_failed-auth" : "",
        machine: event.id.split("/")[0],
        service: "ssh",
        source_ip: event.source.ip,
        target_user: event.account.id,
        timestamp: new Date(event.at).toISOString().replace(".000", ""),
      })),
    ).toEqual(theirs);
    expect(events.every((event) => event.failure === "unknown-account")).toBe(true);
    expect(tally).toEqual({ events: 6, "skipped empty-line": 1 });
  });

  it("sshd-success-logs: four successes, the last on a line without a line break", () => {
    const { events, tally } = readLog("crowdsec-hub/sshd-success-logs.log", 2023);
    const theirs = expected("sshd-success-logs").expected_parsed!.map(({ meta }) => [meta.user, meta.source_ip]);
    expect(theirs).toHaveLength(4);
    expect(events.map((event) => [event.account.id, event.source.ip])).toEqual(theirs);
    expect(events.every((event) => event.outcome === "success")).toBe(true);
    expect(tally).toEqual({ events: 4 });
  });
});
