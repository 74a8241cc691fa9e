import { parseArgs } from "node:util";
import { noPostgres, noRedisServer } from "../support/services.js";
import { faultRuns } from "./fault-catalogue.js";
import type { FaultFigures } from "./fault-figures.js";
import { brokenLaws, type FaultReport, reportText } from "./report-text.js";
import { clocksSkewed } from "./scenarios/clocks-skewed.js";
import { fourModes } from "./scenarios/four-modes.js";
import { guessesWhileKilled } from "./scenarios/guesses-while-killed.js";

const usage = "usage: npm run faults -- [--json] [--only WORD]\n";
const { values } = parseArgs({ options: { json: { type: "boolean", default: false }, only: { type: "string" } } });
if (noRedisServer !== undefined && noPostgres !== undefined) {
  process.stderr.write(`${usage}skipped: ${noRedisServer}, ${noPostgres}\n`);
  process.exit(2);
}

// until every run has come to its end, none has held
process.exitCode = 1;
const hour = 3_600_000;
const here = { "redis-server": noRedisServer, postgres: noPostgres };
const wanted = values.only?.toLowerCase() ?? "";

/** Plays one after the other: side by side they would measure each other. */
const runs: FaultFigures[] = [];
for (const { needs, named, run } of faultRuns) {
  if (here[needs] !== undefined || !named.includes(wanted)) continue;
  if (!values.json) process.stderr.write(`${named} ...\n`);
  runs.push(await run());
}
const isWanted = (what: string): boolean => noRedisServer === undefined && what.includes(wanted);
const report: FaultReport = {
  runs,
  guesses: isWanted("guesses")
    ? [await guessesWhileKilled({ rounds: 20, guards: 1 }), await guessesWhileKilled({ rounds: 20, guards: 2 })]
    : [],
  modes: isWanted("modes") ? await fourModes() : [],
  skews: isWanted("clocks") ? [await clocksSkewed({ skew: hour }), await clocksSkewed({ skew: -hour })] : [],
  skipped: [noRedisServer, noPostgres].flatMap((reason) => (reason === undefined ? [] : [reason])),
};
if ([report.runs, report.guesses, report.modes, report.skews].every((played) => played.length === 0)) {
  process.stderr.write(`${usage}nothing is called like \`${wanted}\`, or nothing for it is here: ${report.skipped.join(", ")}\n`);
  process.exit(2);
}
const broken = brokenLaws(report);
process.stdout.write(values.json ? `${JSON.stringify({ ...report, broken }, undefined, 2)}\n` : reportText(report));
process.exitCode = broken.length === 0 ? 0 : 1;
