import type { Redis } from "ioredis";
import { redisStore } from "../../../src/stores/redis/redis-store.js";
import type { LoginStore } from "../../../src/stores/store.js";
import { type LoopbackProxy, loopbackProxy } from "./loopback-proxy.js";
import { type OwnRedisServer, ownRedisServer } from "./own-redis-server.js";
import { type IoredisOptions, ioredis, recommendedIoredis } from "./redis-clients.js";

/** A server of its own, a network to break, and two ways to one memory. */
export interface RedisScene {
  readonly server: OwnRedisServer;
  readonly network: LoopbackProxy;
  /** Behind the network. */
  readonly client: Redis;
  readonly store: LoginStore;
  /** Beside it. */
  readonly witness: LoginStore;
  readonly direct: Redis;
}

/** How a scene is set. */
export interface SceneOptions {
  readonly keeps?: boolean;
  readonly client?: IoredisOptions;
}

/** Plays a scene, and clears away whatever it left. */
export async function inRedisScene<T>(play: (scene: RedisScene) => Promise<T>, options: SceneOptions = {}): Promise<T> {
  const server = await ownRedisServer(options.keeps === undefined ? {} : { keeps: options.keeps });
  const network = await loopbackProxy(server);
  const client = await ioredis(network.port, options.client ?? recommendedIoredis);
  const direct = await ioredis(server.port);
  try {
    return await play({ server, network, client, direct, store: redisStore({ client }), witness: redisStore({ client: direct }) });
  } finally {
    client.disconnect();
    direct.disconnect();
    await network.close();
    await server.stop();
  }
}
