import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/run-cli.js";
import { fakeTerminal } from "./fake-terminal.js";

const folder = mkdtempSync(join(tmpdir(), "portcullis-"));
const campaign = "fixtures/scenarios/campaign/events.jsonl";

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(args: readonly string[], input = "", screen = {}) {
  const terminal = fakeTerminal(input, screen);
  const code = await runCli(["evaluate", ...args], terminal);
  return { code, out: terminal.written(), err: terminal.complaints() };
}

const success = {
  id: "1",
  at: 1_772_442_000_000,
  kind: "login",
  outcome: "success",
  account: { id: "ann", status: "active", type: "human", mfaEnrolled: true },
  source: { ip: "192.0.2.1" },
};
const disabled = { ...success, id: "2", account: { ...success.account, id: "bob", status: "disabled" } };
const lines = [success, disabled].map((event) => JSON.stringify(event)).join("\n");

describe("evaluate", () => {
  it("prints a line a login with action and reasons, the alert where it arises, and a summary", async () => {
    const { code, out } = await run([campaign]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /09:10:00Z {2}ALLOW {6}victim5 .*\n2026-03-02 09:10:00Z {2}▲ high password-spraying {2}203\.0\.113\.66: one source failed on 5 accounts/,
    );
    expect(out).toMatch(/09:12:40Z {2}BLOCK {6}victim6 .* while-password-spraying: one source failed on 5 accounts/);
    expect(out).toContain("39 events judged by policy default 1 over 28 min");
    expect(out).toMatch(/ALLOW +32 +█+/);
    expect(out).toMatch(/while-password-spraying +BLOCK 7/);
    expect(out).toMatch(/by source\n {2}203\.0\.113\.66 +7/);
  });

  it("is plain in a pipe and coloured on a screen, with the same words", async () => {
    const plain = await run([campaign]);
    const coloured = await run([campaign], "", { colour: true });
    expect(plain.out).not.toContain("\u001b");
    expect(coloured.out).toContain("\u001b[31mBLOCK");
    expect(coloured.out.replace(/\u001b\[\d+m/g, "")).toBe(plain.out);
  });

  it("--json prints one object a line: event, decision, detections", async () => {
    const { out } = await run([campaign, "--json"]);
    const objects = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(objects).toHaveLength(39);
    expect(Object.keys(objects[0])).toEqual(["event", "decision", "detections"]);
    expect(objects.flatMap(({ detections }) => detections).map(({ detector }) => detector)).toEqual(["password-spraying"]);
  });

  it("--json --summary prints one object in all", async () => {
    const { out } = await run([campaign, "--json", "--summary"]);
    expect(JSON.parse(out)).toMatchObject({
      logins: 39,
      byAction: { ALLOW: 32, BLOCK: 7 },
      byDetector: { "password-spraying": 1 },
      malformed: 0,
      bySource: [{ name: "203.0.113.66", count: 7 }],
    });
  });

  it("--show prints only these, and alerts all the same", async () => {
    const { out } = await run([campaign, "--show", "block,flag"]);
    expect(out.match(/^\d{4}.* ALLOW /gm)).toBeNull();
    expect(out.match(/^\d{4}.* BLOCK /gm)).toHaveLength(7);
    expect(out).toContain("▲ high password-spraying");
  });

  it("--summary prints no line a login", async () => {
    const { out } = await run([campaign, "--summary"]);
    expect(out.match(/victim1 +203/)).toBeNull();
    expect(out).toContain("39 events judged");
  });

  it.each([
    ["jsonl from standard input", [], lines],
    ["jsonl with CRLF, a byte order mark and blank lines", ["-"], `\ufeff${lines.replace("\n", "\r\n\r\n")}\r\n`],
    ["an array", [], JSON.stringify([success, disabled])],
    ["an array over many lines", ["--format", "json"], JSON.stringify([success, disabled], null, 2)],
  ])("reads %s", async (_, args, input) => {
    const { code, out, err } = await run([...args, "--json"], input);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).decision.action),
    ).toEqual(["ALLOW", "BLOCK"]);
  });

  it("reads openssh and says which year it takes, unless told", async () => {
    const log = "Mar  2 09:00:00 gate sshd[7]: Failed password for ann from 192.0.2.1 port 4000 ssh2\n";
    const guessed = await run([], log);
    expect(guessed.err).toContain("taken to begin in 2026; --year says otherwise");
    const told = await run(["--year", "2019"], log);
    expect(told.err).toBe("");
    expect(told.out).toContain("2019-03-02 09:00:00Z");
  });

  it("a log that runs over New Year begins in the year before its file was written", async () => {
    const line = (time: string): string => `${time} gate sshd[7]: Accepted password for ann from 192.0.2.1 port 4000 ssh2\n`;
    const { out } = await run([file("newyear.log", line("Dec 31 23:00:00") + line("Jan  1 01:00:00")), "--json"]);
    const years = out
      .trimEnd()
      .split("\n")
      .map((text) => new Date(JSON.parse(text).event.at).getUTCFullYear());
    expect(years[1]! - years[0]!).toBe(1);
  });

  it("reads the rows of the original exercise, each on an empty state", async () => {
    const rows = [
      {
        user: "ann",
        country: "NO",
        ip: "192.0.2.1",
        failed_attempts: 12,
        mfa_enabled: true,
        account_disabled: false,
        is_service_account: false,
      },
      { user: "ann", country: "NO", ip: "192.0.2.1", failedAttempts: 0, mfaEnabled: true, accountDisabled: false, isServiceAccount: false },
      { user: "ci", country: "NO", ip: "192.0.2.2", mfa_enabled: false, account_disabled: false, is_service_account: true },
      { user: "cleo", country: "NO", ip: "192.0.2.3", mfa_enabled: false, account_disabled: true, is_service_account: false },
    ];
    const { out } = await run(["--json"], JSON.stringify(rows));
    const judged = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).decision);
    expect(judged.map(({ action }) => action)).toEqual(["BLOCK", "ALLOW", "BLOCK", "BLOCK"]);
    expect(judged.map(({ verdicts }) => verdicts.map(({ rule }: { rule: string }) => rule))).toEqual([
      ["failed-attempts"],
      [],
      ["service-account"],
      ["disabled-account", "missing-mfa"],
    ]);
  });

  it("counts the rows of two files on, so that rows of one time are two logins", async () => {
    const row = (ip: string) => JSON.stringify([{ user: "ann", ip, time: "2026-03-02T09:00:00Z", success: false }]);
    const policy = file("one.json", JSON.stringify({ id: "one", rules: [{ rule: "failed-attempts", options: { flagAt: 2 } }] }));
    const files = [row("192.0.2.1"), row("192.0.2.1"), row("192.0.2.1")].map((text, i) => file(`rows-${i}.json`, text));
    const { out } = await run([...files, "--policy", policy, "--json"]);
    const judged = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(judged.map(({ event }) => event.id)).toEqual(["row-1", "row-2", "row-3"]);
    expect(judged.map(({ decision }) => decision.action)).toEqual(["ALLOW", "ALLOW", "FLAG"]);
  });

  it("judges by a policy file", async () => {
    const policy = file("policy.json", JSON.stringify({ id: "mine", version: "7", rules: [{ rule: "disabled-account", mode: "shadow" }] }));
    const { out } = await run(["--policy", policy], lines);
    expect(out).toContain("judged by policy mine 7");
    expect(out).toContain("in shadow BLOCK disabled-account: the account is disabled");
    expect(out).not.toMatch(/^\d{4}\S+ \S+ {2}BLOCK /m);
  });
});

describe("bad input", () => {
  it.each([
    ["an unknown option", ["--nope"], "Unknown option '--nope'"],
    ["an unknown format", ["--format", "xml"], "--format `xml`: expected one of auto, json, jsonl, openssh"],
    ["an unknown action", ["--show", "DENY"], "--show `DENY`: expected one of ALLOW, FLAG, CHALLENGE, BLOCK"],
    ["a file that is not there", ["/nowhere.log"], "/nowhere.log: cannot be read (ENOENT)"],
    ["a folder", ["."], ".: is a folder"],
    ["a year that is none", ["--year", "17"], "--year `17`: expected a year such as 2026"],
    ["a policy that is not there", ["--policy", "/nowhere.json"], "/nowhere.json: cannot be read (ENOENT)"],
  ])("%s: one line, exit code 2, nothing printed", async (_, args, message) => {
    const { code, out, err } = await run(args, lines);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });

  it.each([
    ["a negative limit", { id: "x", rules: [{ rule: "failed-attempts", options: { blockAt: -1 } }] }, "rules[0].options.blockAt"],
    ["an unknown rule", { id: "x", rules: [{ rule: "failed-attempt" }] }, "rules[0]"],
    ["a wrong type", { id: "x", rules: "all" }, "rules"],
  ])("a policy with %s: file and path, exit code 2", async (_, policy, path) => {
    const name = file("bad-policy.json", JSON.stringify(policy));
    const { code, err } = await run(["--policy", name], lines);
    expect(code).toBe(2);
    expect(err).toContain(`${name}: invalid policy: ${path}`);
  });

  it("a policy that is no JSON: line and column", async () => {
    const name = file("broken.json", '{\n  "id": "x",\n  "rules": [}\n');
    const { code, err } = await run(["--policy", name], lines);
    expect(code).toBe(2);
    expect(err).toMatch(/broken\.json: invalid json: .*line 3/);
  });

  it("a format that cannot be told is asked for", async () => {
    const { code, err } = await run([], "hello\nworld\n");
    expect(code).toBe(2);
    expect(err).toContain("name it with --format");
  });

  const broken = `${JSON.stringify(success)}\n{"id": 7}\nnot json\n${JSON.stringify(disabled)}\n`;

  it("a bad line is a counted, reported skip with its line and path", async () => {
    const { code, out, err } = await run([], broken);
    expect(code).toBe(0);
    expect(out).toContain("2 events judged");
    expect(out).toMatch(/malformed lines {2}2/);
    expect(err).toContain("standard input:2: id: ");
    expect(err).toContain("standard input:3: not JSON");
  });

  it("--strict stops at the first and exits with 3", async () => {
    const { code, err } = await run(["--strict"], broken);
    expect(code).toBe(3);
    expect(err).toContain("standard input:2");
    expect(err).not.toContain("standard input:3");
  });

  it("only the first few bad lines are shown; all are counted", async () => {
    const { out, err } = await run(["--format", "jsonl"], "oops\n".repeat(40));
    expect(err.trimEnd().split("\n")).toHaveLength(6);
    expect(err).toContain("35 more malformed lines");
    expect(out).toMatch(/malformed lines {2}40/);
  });

  it("an array that is not closed is malformed, and what came before it counts", async () => {
    const { out } = await run([], JSON.stringify([success, disabled]).slice(0, -1));
    expect(out).toMatch(/malformed lines {2}1/);
    expect(out).toMatch(/[12] events? judged/);
  });

  it.each([
    ["a bracket too many", `${JSON.stringify([success])}]`],
    ["text behind the array", `${JSON.stringify([success])} and so on`],
  ])("%s is reported, and what came before it counts", async (_, input) => {
    const { code, out, err } = await run([], input);
    expect(code).toBe(0);
    expect(out).toContain("1 event judged");
    expect(out).toMatch(/malformed lines {2}1/);
    expect(err).toContain("text outside the array");
  });

  it.each([
    ["__proto__", "__proto__"],
    ["a name with a line break and colours", "ann\n2026 BLOCK\u001b[31m\r\u202e"],
    ["a name of a megabyte", "x".repeat(1_000_000)],
  ])("%s as an account is shown on one line that cannot act", async (_, id) => {
    const { code, out } = await run(["--format", "jsonl"], JSON.stringify({ ...success, account: { ...success.account, id } }));
    expect(code).toBe(0);
    expect(out.split("\n")[0]!.length).toBeLessThan(400);
    expect(out).not.toMatch(/[\u001b\r\u202e]/);
    expect(out).toContain("1 event judged");
  });

  it.each(["999.1.1.1", "127.1", "::ffff:1.2.3.4%eth0"])("the address %s is handled", async (ip) => {
    const { code, out } = await run(["--format", "jsonl"], JSON.stringify({ ...success, source: { ip } }));
    expect(code).toBe(0);
    expect(out).toContain("1 event judged");
  });
});

describe("long runs", () => {
  const many = Array.from({ length: 2000 }, (_, i) => JSON.stringify({ ...success, id: `${i}`, at: success.at + i })).join("\n");

  it("show progress on a screen", async () => {
    const { err } = await run(["--summary"], many, { progress: true });
    expect(err).toMatch(/\r\u001b\[K[\d,]+ events, [\d,]+ a second/);
    expect(err.endsWith("\r\u001b[K")).toBe(true);
  });

  it("are silent in a pipe", async () => expect((await run(["--summary"], many)).err).toBe(""));
});

describe("portcullis", () => {
  const plain = async (args: readonly string[]) => {
    const terminal = fakeTerminal();
    return { code: await runCli(args, terminal), out: terminal.written(), err: terminal.complaints() };
  };

  it.each([[["--help"]], [["help", "evaluate"]], [["evaluate", "--help"]], [["schema", "-h"]]])(
    "%j prints help with examples",
    async (args) => {
      const { code, out } = await plain(args);
      expect(code).toBe(0);
      expect(out).toMatch(/Try it|Examples?/);
    },
  );

  it("without a command prints help and exits with 2", async () => expect((await plain([])).code).toBe(2));
  it("an unknown command says what to do", async () => expect((await plain(["judge"])).err).toContain("try `portcullis --help`"));
  it("--version prints the version", async () => expect((await plain(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/));

  it.each(["event", "policy"])("schema %s prints a JSON Schema", async (what) => {
    const { code, out } = await plain(["schema", what]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
  });

  it("schema of something else is refused", async () => expect((await plain(["schema", "decision"])).code).toBe(2));
});
