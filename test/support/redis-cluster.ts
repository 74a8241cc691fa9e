import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A cluster of three nodes on loopback, alive until it is stopped. */
export interface RedisCluster {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  stop(): Promise<void>;
}

const host = "127.0.0.1";

/** The bus of a node stands this far above its port. */
const busOffset = 10_000;

/** Starts three servers that keep nothing, and makes a cluster of them. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-cluster-"));
  const servers: ChildProcess[] = [];
  const killAll = (): void => {
    for (const server of servers) server.kill("SIGKILL");
  };
  // whatever becomes of the tests, no server outlives them
  process.once("exit", killAll);
  const stop = async (): Promise<void> => {
    process.off("exit", killAll);
    const ended = servers.map((server) => (server.exitCode !== null ? undefined : new Promise((resolve) => server.once("exit", resolve))));
    killAll();
    await Promise.all(ended);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const ports = await freePorts(3);
    for (const port of ports) servers.push(startNode(folder, port));
    for (const port of ports) await until(async () => (await cli(port, "ping")).trim() === "PONG");
    const addresses = ports.map((port) => `${host}:${port}`);
    await run("redis-cli", ["--cluster", "create", ...addresses, "--cluster-yes"]);
    for (const port of ports) await until(async () => /cluster_state:ok/.test(await cli(port, "cluster", "info")));
    return { nodes: ports.map((port) => ({ host, port })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startNode(folder: string, port: number): ChildProcess {
  const keepNothing = ["--save", "", "--appendonly", "no"];
  const inCluster = ["--cluster-enabled", "yes", "--cluster-config-file", `nodes-${port}.conf`, "--cluster-node-timeout", "5000"];
  return spawn("redis-server", ["--port", String(port), "--bind", host, "--dir", folder, ...keepNothing, ...inCluster], {
    stdio: "ignore",
  });
}

async function cli(port: number, ...command: string[]): Promise<string> {
  return (await run("redis-cli", ["-h", host, "-p", String(port), ...command])).stdout;
}

/** Ports on which nobody listens, nor on their bus. */
async function freePorts(number: number): Promise<readonly number[]> {
  const ports: number[] = [];
  for (let tries = 0; ports.length < number && tries < 200; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (!ports.includes(port) && (await isFree(port)) && (await isFree(port + busOffset))) ports.push(port);
  }
  if (ports.length < number) throw new Error("no free ports for a cluster");
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** Asks again until it is so, for ten seconds at most. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the cluster did not come up in ten seconds");
}
