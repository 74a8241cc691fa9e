import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/run-cli.js";
import { fakeTerminal } from "./fake-terminal.js";

const log = "../shared/data/elastic-examples/auth.log";

interface Line {
  readonly event: {
    readonly at: number;
    readonly outcome: string;
    readonly account: { readonly id: string };
    readonly source: { readonly ip?: string };
  };
  readonly decision: { readonly action: string; readonly verdicts: readonly { readonly rule: string }[] };
  readonly detections: readonly { readonly detector: string; readonly subject: { readonly account?: string } }[];
}

describe.skipIf(!existsSync(log))("a real server's log: 25 days, one guessed account", async () => {
  const terminal = fakeTerminal();
  if (existsSync(log)) await runCli(["evaluate", log, "--format", "openssh", "--year", "2017", "--json"], terminal);
  const lines = terminal
    .written()
    .trimEnd()
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => JSON.parse(text) as Line);
  const attack = lines.filter(
    ({ event }) =>
      event.account.id === "elastic_user_0" &&
      event.source.ip === "24.151.103.17" &&
      event.at >= Date.UTC(2017, 2, 30, 15, 54) &&
      event.at <= Date.UTC(2017, 2, 30, 16, 2),
  );

  it("reads every line", () => {
    expect(lines).toHaveLength(1350);
    expect(terminal.complaints()).toBe("");
  });

  it("raises the guessing no later than the tenth of 147 failures", () => {
    const failures = attack.filter(({ event }) => event.outcome === "failure");
    expect(failures).toHaveLength(147);
    expect(failures.findIndex(({ detections }) => detections.some(({ detector }) => detector === "brute-force"))).toBeLessThan(10);
  });

  it("does not allow the success at 16:01:36, although the address had honest successes before", () => {
    const [success] = attack.filter(({ event }) => event.outcome === "success");
    expect(success!.event.at).toBe(Date.UTC(2017, 2, 30, 16, 1, 36));
    expect(success!.decision.action).toBe("BLOCK");
    expect(success!.detections.map(({ detector }) => detector)).toEqual(["success-after-failures"]);
  });

  it("bothers at most 5 of the other 189 honest password logins", () => {
    const honest = lines.filter(
      ({ event }) =>
        event.outcome === "success" && event.account.id.startsWith("elastic_user_") && !attack.some((other) => other.event === event),
    );
    expect(honest.length).toBeGreaterThanOrEqual(188);
    expect(honest.filter(({ decision }) => decision.action !== "ALLOW").length).toBeLessThanOrEqual(5);
  });
});
