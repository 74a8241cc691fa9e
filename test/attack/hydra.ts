import { spawn, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** One run of THC-Hydra. */
export interface HydraRun {
  /** Account and password pairs that it says it found. */
  readonly found: readonly { readonly account: string; readonly password: string }[];
  /** Whether it came to its own end. */
  readonly finished: boolean;
  readonly seconds: number;
}

/** What it is to try. */
export interface HydraTask {
  readonly port: number;
  /** Where its files go. */
  readonly folder: string;
  readonly name: string;
  /** Accounts and passwords as it takes them: `-l`, `-L`, `-p`, `-P`, `-u`. */
  readonly lists: readonly string[];
  /** It is stopped after this. */
  readonly seconds: number;
}

/** How many connections it holds at once. */
export const hydraTasks = 16;

/** By this its attempts are known in the server's log. */
export const hydraAgent = /hydra/i;

/** The version that is installed; `undefined` where there is none. */
export function hydraVersion(): string | undefined {
  const { stdout, error } = spawnSync("hydra", ["-h"], { encoding: "utf8" });
  return error === undefined ? (/Hydra v(\S+)/.exec(stdout)?.[1] ?? "unknown") : undefined;
}

/** Runs it against the login form at 127.0.0.1. A login that succeeds is redirected, and by that it knows one. */
export function runHydra({ port, folder, name, lists, seconds }: HydraTask): Promise<HydraRun> {
  const foundFile = join(folder, `${name}-found.txt`);
  const form = "/login:account=^USER^&password=^PASS^:S=HTTP/1.1 303";
  const flags = ["-I", ...lists, "-t", String(hydraTasks), "-s", String(port), "-o", foundFile, "127.0.0.1", "http-post-form", form];
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn("hydra", flags, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
    const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1_000);
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      const finished = said.includes("1 of 1 target");
      readFound(foundFile).then((found) => resolve({ found, finished, seconds: (performance.now() - startedAt) / 1_000 }), reject);
    });
  });
}

async function readFound(file: string): Promise<HydraRun["found"]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return [...text.matchAll(/login: (\S+) +password: (.*)$/gm)].map(([, account, password]) => ({ account: account!, password: password! }));
}
