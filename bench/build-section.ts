import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "tsup";

/**
 * Bundles the sections as the package is bundled and returns the file to run. What is timed must be what ships: run through tsx, each
 * closure that the code under test makes is renamed at run time, which costs 400 ns apiece.
 */
export async function buildSection(root: string): Promise<string> {
  const outDir = join(root, "node_modules", ".cache", "portcullis-bench");
  await mkdir(outDir, { recursive: true });
  await build({
    config: false,
    entry: { section: join(root, "bench", "section.ts") },
    outDir,
    format: "esm",
    target: "es2023",
    platform: "node",
    noExternal: ["date-fns"],
    external: ["ioredis", "json-rules-engine", "rate-limiter-flexible"],
    sourcemap: true,
    clean: true,
    silent: true,
  });
  return join(outDir, "section.js");
}
