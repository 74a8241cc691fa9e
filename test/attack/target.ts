import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A line of the server's log. */
export type LogLine = { readonly what: string } & { readonly [name: string]: unknown };

/** The example server under attack, in a process of its own. */
export interface Target {
  readonly port: number;
  /** Where it remembers. */
  readonly store: string;
  /** What it has said so far. */
  readonly log: readonly LogLine[];
  stop(): Promise<void>;
}

const main = new URL("../../examples/express/main.ts", import.meta.url).pathname;

/** Starts it on a free port, told by its environment. Rejects when it does not come up. */
export async function startTarget(environment: { readonly [name: string]: string }): Promise<Target> {
  const { PATH = "", HOME = "", TSX_TSCONFIG_PATH } = process.env;
  const inherited = { PATH, HOME, ...(TSX_TSCONFIG_PATH === undefined ? {} : { TSX_TSCONFIG_PATH }) };
  const child = spawn(process.execPath, ["--import", "tsx", main], {
    env: { ...inherited, PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const log: LogLine[] = [];
  createInterface(child.stdout).on("line", (line) => log.push(JSON.parse(line) as LogLine));
  const said: string[] = [];
  const { port, store } = await new Promise<{ port: number; store: string }>((resolve, reject) => {
    createInterface(child.stderr).on("line", (line) => {
      said.push(line);
      const [, at, where] = /^listening on http:\/\/127\.0\.0\.1:(\d+), remembering in (\w+)/.exec(line) ?? [];
      if (at !== undefined && where !== undefined) resolve({ port: Number(at), store: where });
    });
    ended.then(() => reject(new Error(`the server did not start: ${said.join("\n")}`)), reject);
  });
  return {
    port,
    store,
    log,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
