import { Cluster } from "ioredis";
import { createCluster } from "redis";
import { afterAll } from "vitest";
import { redisStore } from "../../src/stores/redis/public.js";
import { describeStore } from "../../src/testing/describe-store.js";
import { type RedisCluster, startRedisCluster } from "../support/redis-cluster.js";
import { noRedisServer } from "../support/services.js";

let started: Promise<RedisCluster> | undefined;

/** One cluster for both clients. It keeps nothing, so nothing is to be cleared. */
function cluster(): Promise<RedisCluster> {
  started ??= startRedisCluster();
  return started;
}

afterAll(async () => (await started)?.stop());

describeStore(
  "a cluster of three with ioredis",
  async () => {
    const { nodes } = await cluster();
    const client = new Cluster([...nodes]);
    return { store: redisStore({ client, prefix: "a:" }), dispose: () => client.disconnect() };
  },
  { skip: noRedisServer },
);

describeStore(
  "a cluster of three with node-redis",
  async () => {
    const { nodes } = await cluster();
    const client = createCluster({ rootNodes: nodes.map(({ host, port }) => ({ url: `redis://${host}:${port}` })) });
    await client.connect();
    return { store: redisStore({ client, prefix: "b:" }), dispose: () => client.close() };
  },
  { skip: noRedisServer },
);
