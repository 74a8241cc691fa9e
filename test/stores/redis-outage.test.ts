import { Redis } from "ioredis";
import { createClient } from "redis";
import { afterEach, describe, expect, it } from "vitest";
import { createGuard } from "../../src/guard/public.js";
import { type RedisClient, redisStore } from "../../src/stores/redis/public.js";
import { freePorts } from "../support/free-ports.js";
import { type RedisServer, redisServer, until } from "../support/redis-server.js";
import { noRedisServer } from "../support/services.js";

const deadline = 250;

interface Connected {
  readonly client: RedisClient;
  readonly isReady: () => boolean;
  readonly close: () => unknown;
}

/** ioredis, once it is connected. */
async function ioredis(port: number, queue: "queue" | "no queue"): Promise<Connected> {
  const client =
    queue === "queue"
      ? new Redis(port, "127.0.0.1")
      : new Redis(port, "127.0.0.1", {
          enableOfflineQueue: false,
          autoResendUnfulfilledCommands: false,
          maxRetriesPerRequest: 1,
          connectTimeout: 1_000,
          socketTimeout: 1_000,
        });
  client.on("error", () => undefined);
  await new Promise((resolve) => client.once("ready", resolve));
  return { client, isReady: () => client.status === "ready", close: () => client.disconnect() };
}

/** node-redis, once it is connected. */
async function nodeRedis(port: number, options: Parameters<typeof createClient>[0]): Promise<Connected> {
  const client = createClient({ url: `redis://127.0.0.1:${port}`, ...options });
  client.on("error", () => undefined);
  await client.connect();
  return { client, isReady: () => client.isReady, close: () => client.destroy() };
}

const pass = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How long a busy machine may keep a timer waiting. */
const slack = 500;

/** Begins attempts before, while and after the server is away; gives how long the slowest answer took and how many keys they left behind. */
async function outage(
  server: RedisServer,
  connect: () => Promise<Connected>,
): Promise<{ readonly slowest: number; readonly left: number }> {
  await server.start();
  const { client, isReady, close } = await connect();
  const guard = createGuard({ store: redisStore({ client }), deadline: { seconds: deadline / 1_000 } });
  let slowest = 0;
  let number = 0;
  const begin = async (): Promise<void> => {
    const from = performance.now();
    await guard.begin({ account: `person ${number++}`, source: "192.0.2.1" });
    slowest = Math.max(slowest, performance.now() - from);
  };
  await begin();
  const underWay = Array.from({ length: 20 }, begin);
  await Promise.all([...underWay, server.kill()]);
  // after a failure the guard leaves a store alone for a second, then one call tries
  for (let tries = 0; tries < 3; tries++) {
    await Promise.all([begin(), begin()]);
    await pass(1_100);
  }
  await server.start();
  await until(async () => isReady());
  // time enough for whatever was kept to be sent
  await pass(300);
  const left = Number(await server.cli("dbsize"));
  await close();
  return { slowest, left };
}

describe.skipIf(noRedisServer !== undefined)(
  `an outage of Redis${noRedisServer === undefined ? "" : ` (skipped: ${noRedisServer})`}`,
  async () => {
    const [port] = noRedisServer === undefined ? await freePorts(1) : [0];
    const server = redisServer(port!);
    afterEach(() => server.kill());

    const recommended: Readonly<Record<string, () => Promise<Connected>>> = {
      ioredis: () => ioredis(port!, "no queue"),
      "node-redis": () => nodeRedis(port!, { disableOfflineQueue: true, socket: { connectTimeout: 1_000, socketTimeout: 1_000 } }),
    };

    it.each(Object.entries(recommended))(
      "%s as recommended: every begin is answered in time, and none is sent when it is over",
      async (_, connect) => {
        const { slowest, left } = await outage(server, connect);
        expect(slowest).toBeLessThan(deadline + slack);
        expect(left).toBe(0);
      },
    );

    it("a client that queues sends them all the same: phantom failures", async () => {
      const { slowest, left } = await outage(server, () => ioredis(port!, "queue"));
      expect(slowest).toBeLessThan(deadline + slack);
      expect(left).toBeGreaterThan(0);
    });
  },
);
