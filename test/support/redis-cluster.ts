import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { freePorts } from "./free-ports.js";
import { redisServer, until } from "./redis-server.js";

const run = promisify(execFile);

/** A cluster of three nodes on loopback, alive until it is stopped. */
export interface RedisCluster {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  stop(): Promise<void>;
}

const host = "127.0.0.1";

/** Starts three servers that keep nothing, and makes a cluster of them. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const ports = await freePorts(3);
  const servers = ports.map((port) => redisServer(port, ["--cluster-enabled", "yes", "--cluster-node-timeout", "5000"]));
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.kill()));
  };
  try {
    await Promise.all(servers.map((server) => server.start()));
    await run("redis-cli", ["--cluster", "create", ...ports.map((port) => `${host}:${port}`), "--cluster-yes"]);
    for (const server of servers) await until(async () => /cluster_state:ok/.test(await server.cli("cluster", "info")));
    return { nodes: ports.map((port) => ({ host, port })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
