/**
 * The store in Redis 7 or Valkey, single or cluster, over a client of your own.
 *
 * @packageDocumentation
 */

export type { IoredisClient, NodeRedisClient, RedisClient, RedisCommand } from "./redis-client.js";
export { type RedisStoreOptions, redisStore } from "./redis-store.js";
