import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("a process whose store hangs ends by itself once its logins are answered: no timer and no handle is left", async () => {
  const program = fileURLToPath(new URL("./harness/hung-process.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program], { timeout: 14_000 });
  expect(Number.parseInt(stdout, 10)).toBeLessThan(1_000);
});
