import { once } from "node:events";
import picocolors from "picocolors";
import type { Terminal } from "./terminal.js";

/** The terminal of this process. Colours follow NO_COLOR, FORCE_COLOR and whether standard output is a screen. */
export function processTerminal(): Terminal {
  return {
    async out(text) {
      if (!process.stdout.write(text)) await once(process.stdout, "drain");
    },
    err: (text) => process.stderr.write(text),
    input: process.stdin,
    colour: picocolors.isColorSupported && (process.stdout.isTTY === true || "FORCE_COLOR" in process.env),
    progress: process.stderr.isTTY === true && !("CI" in process.env),
    elapsed: () => performance.now(),
    year: new Date().getUTCFullYear(),
  };
}
