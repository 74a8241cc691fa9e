import { clearProgress } from "./report/progress.js";
import { isSectionName, runSection } from "./sections/catalogue.js";

// a section's own process: `run.ts` starts it and reads its report from standard output
const name = process.argv[2] ?? "";
if (!isSectionName(name)) throw new RangeError(`no section \`${name}\``);
const report = await runSection(name);
clearProgress();
process.stdout.write(JSON.stringify(report), () => process.exit(0));
