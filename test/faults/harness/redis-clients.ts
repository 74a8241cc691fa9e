import { Redis, type RedisOptions } from "ioredis";
import { createClient } from "redis";

const host = "127.0.0.1";

/** How long a client waits before it connects again, milliseconds. */
export const reconnectAfter = 200;

/** Options of ioredis, but for the form of its answers. */
export type IoredisOptions = Omit<RedisOptions, "replyMapping">;

/** What `docs/explanation/when-the-store-fails.md` recommends for ioredis: nothing waits in the client, and a dead connection is noticed. */
export const recommendedIoredis = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 1,
  connectTimeout: 1_000,
  socketTimeout: 1_000,
  retryStrategy: () => reconnectAfter,
} as const satisfies IoredisOptions;

/** Commands wait in the client until there is a connection again, as they do by default. */
export const queueingIoredis = {
  connectTimeout: 1_000,
  socketTimeout: 1_000,
  retryStrategy: () => reconnectAfter,
} as const satisfies IoredisOptions;

/** A connected ioredis. */
export async function ioredis(port: number, options: IoredisOptions = recommendedIoredis): Promise<Redis> {
  const client = new Redis({ host, port, ...options });
  client.on("error", () => undefined);
  if (client.status !== "ready") await new Promise((resolve) => client.once("ready", resolve));
  return client;
}

/** A connected node-redis with what the same page recommends: it notices a dead connection by a PING that is not answered. */
export async function nodeRedis(port: number) {
  const client = createClient({
    disableOfflineQueue: true,
    pingInterval: 300,
    socket: { host, port, connectTimeout: 1_000, socketTimeout: 1_000, reconnectStrategy: () => reconnectAfter },
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
