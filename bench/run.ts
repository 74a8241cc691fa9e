import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSection } from "./build-section.js";
import { describeMachine } from "./report/machine.js";
import { renderMachine, renderReport } from "./report/render.js";
import { isReached, type Report } from "./report/report.js";
import { isSectionName, type SectionName, sectionNames } from "./sections/catalogue.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const usage = `usage: npm run bench -- [--json] [${sectionNames.join("|")}]...\n`;

const words = process.argv.slice(2);
const json = words.includes("--json");
const chosen = words.filter((word) => word !== "--json");
const unknown = chosen.filter((word) => !isSectionName(word));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(" ")}\n${usage}`);
  process.exit(2);
}
await runAll(chosen.length === 0 ? sectionNames : chosen.filter(isSectionName));

async function runAll(names: readonly SectionName[]): Promise<void> {
  const machine = describeMachine();
  if (!json) process.stdout.write(renderMachine(machine));
  const program = await buildSection(root);
  const reports: Report[] = [];
  for (const name of names) {
    const report = await runInOwnProcess(program, name);
    reports.push(report);
    if (!json) process.stdout.write(renderReport(report));
  }
  if (!json) return;
  const judged = reports.map((report) => ({ ...report, aims: report.aims.map((aim) => ({ ...aim, reached: isReached(aim) })) }));
  process.stdout.write(`${JSON.stringify({ machine, sections: judged }, undefined, 2)}\n`);
}

/** One process a section: all its candidates side by side, and nothing left over from another section's heap or compiled code. */
function runInOwnProcess(program: string, name: SectionName): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--expose-gc", "--enable-source-maps", program, name], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")) as Report);
      else reject(new Error(`section ${name} ended with code ${code}`));
    });
  });
}
