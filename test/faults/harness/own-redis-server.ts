import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A Redis of one's own on loopback, to be killed at will. */
export interface OwnRedisServer {
  readonly port: number;
  /** Resolves once it answers a PING, its data loaded. */
  start(): Promise<void>;
  /** `kill -9`: whatever it had not said to the disk is gone. */
  kill(): Promise<void>;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
}

const host = "127.0.0.1";
const keepsAll = ["--appendonly", "yes", "--appendfsync", "always"];
const keepsNothing = ["--appendonly", "no"];

/** Starts one that says every write to the disk before it acknowledges it, or one that keeps nothing, as Redis is from the box. */
export async function ownRedisServer({ keeps = true }: { readonly keeps?: boolean } = {}): Promise<OwnRedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "portcullis-fault-"));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const killNow = (): void => {
    server?.kill("SIGKILL");
  };
  const clearNow = (): void => {
    killNow();
    rmSync(folder, { recursive: true, force: true });
  };
  // whatever becomes of the run, neither server nor folder outlives it
  process.once("exit", clearNow);
  const kill = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server?.once("exit", resolve));
    killNow();
    await ended;
  };
  const started: OwnRedisServer = {
    port,
    async start() {
      const args = ["--port", String(port), "--bind", host, "--dir", folder, "--save", "", ...(keeps ? keepsAll : keepsNothing)];
      server = spawn("redis-server", args, { stdio: "ignore" });
      for (let tries = 0; tries < 500; tries++) {
        if (await pings(port)) return;
        await sleep(10);
      }
      throw new Error("redis-server did not come up in five seconds");
    },
    kill,
    async stop() {
      process.off("exit", clearNow);
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await started.start();
  return started;
}

/** Whether it answers PONG: while it loads its data it answers something else. */
function pings(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (there: boolean): void => {
      socket.destroy();
      resolve(there);
    };
    socket.once("connect", () => socket.write("PING\r\n"));
    socket.once("data", (data) => end(data.toString().startsWith("+PONG")));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
