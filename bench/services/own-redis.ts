import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { Redis } from "ioredis";

/** A Redis of one's own on loopback, which keeps nothing on disk and ends with the benchmark. */
export interface OwnRedis {
  readonly client: Redis;
  readonly close: () => Promise<void>;
}

/** Starts one; `undefined` where there is no `redis-server` to start. */
export async function startOwnRedis(): Promise<OwnRedis | undefined> {
  if (spawnSync("redis-server", ["--version"]).status !== 0) return undefined;
  const port = await freePort();
  const server = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], {
    stdio: "ignore",
  });
  const client = new Redis({ port, host: "127.0.0.1", retryStrategy: (tries) => (tries > 100 ? null : 50) });
  client.on("error", () => undefined);
  await client.ping();
  return {
    client,
    async close() {
      client.disconnect();
      await ended(server);
    },
  };
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGKILL");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
