import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A Redis server of a test's own on loopback. It keeps nothing: started again it is empty. */
export interface RedisServer {
  readonly port: number;
  /** Starts it, and resolves once it answers. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** One command by redis-cli. */
  cli(...command: string[]): Promise<string>;
}

/** A server that is not started yet, with settings such as `["--cluster-enabled", "yes"]`. Whatever becomes of the tests, it does not outlive them. */
export function redisServer(port: number, settings: readonly string[] = []): RedisServer {
  let folder: string | undefined;
  let server: ChildProcess | undefined;
  const end = (): void => {
    server?.kill("SIGKILL");
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  const cli = async (...command: string[]): Promise<string> => (await run("redis-cli", ["-p", String(port), ...command])).stdout;
  return {
    port,
    cli,
    async start() {
      folder = mkdtempSync(join(tmpdir(), "portcullis-redis-"));
      const keepNothing = ["--save", "", "--appendonly", "no"];
      const where = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
      server = spawn("redis-server", [...where, ...keepNothing, ...settings], { stdio: "ignore" });
      process.once("exit", end);
      await until(async () => (await cli("ping")).trim() === "PONG");
    },
    async kill() {
      process.off("exit", end);
      const ended = server?.exitCode === null ? new Promise((resolve) => server?.once("exit", resolve)) : undefined;
      end();
      await ended;
    },
  };
}

/** Asks again until it is so, for ten seconds at most. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come to hold in ten seconds");
}
