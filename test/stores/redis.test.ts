import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { createClient } from "redis";
import { redisStore } from "../../src/stores/redis/public.js";
import { describeStore, type StoreOnTrial } from "../../src/testing/describe-store.js";
import { noRedis, redisUrl } from "../support/services.js";

/** A store with keys of its own, which go when all is done. */
function onTrial(client: Redis, options: Omit<Parameters<typeof redisStore>[0], "prefix">, close: () => unknown): StoreOnTrial {
  const prefix = `portcullis-test:${randomUUID()}:`;
  return {
    store: redisStore({ ...options, prefix }),
    async dispose() {
      const keys = await client.keys(`${prefix}*`);
      for (let i = 0; i < keys.length; i += 500) await client.del(keys.slice(i, i + 500));
      await close();
      client.disconnect();
    },
  };
}

describeStore(
  "Redis with ioredis",
  () => {
    const client = new Redis(redisUrl);
    return onTrial(client, { client }, () => undefined);
  },
  { skip: noRedis },
);

describeStore(
  "Redis with node-redis",
  async () => {
    const client = createClient({ url: redisUrl });
    await client.connect();
    return onTrial(new Redis(redisUrl), { client }, () => client.close());
  },
  { skip: noRedis },
);

describeStore(
  "Redis by single commands",
  () => {
    const client = new Redis(redisUrl);
    return onTrial(client, { client: ([command, ...args]) => client.call(command!, args) }, () => undefined);
  },
  { skip: noRedis, runs: 2 },
);
