import { setTimeout as sleep } from "node:timers/promises";
import { redisStore } from "../../../src/stores/redis/redis-store.js";
import type { FaultFigures } from "../fault-figures.js";
import type { LoopbackProxy } from "../harness/loopback-proxy.js";
import { inPostgresScene } from "../harness/postgres-scene.js";
import { nodeRedis } from "../harness/redis-clients.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** Whose connection it is. */
export type Stranded = "ioredis" | "ioredis as it comes" | "node-redis" | "pg";

/** As when a balancer forgets a connection: it is dead and nobody says so, while new ones would work. The client has to find out by itself. */
export function connectionStranded(client: Stranded): Promise<FaultFigures> {
  const fault = `connection stranded, ${client}`;
  const strike = (network: LoopbackProxy) => async (): Promise<number> => {
    network.strand();
    return performance.now();
  };
  // until a client gives the connection up, has another, and the pause is over
  const backWithin = 4_000;
  if (client === "pg") {
    return inPostgresScene(({ network, store, witness }) => underLoad({ fault, store, witness, backWithin, strike: strike(network) }));
  }
  if (client === "ioredis") {
    return inRedisScene(({ network, store, witness }) => underLoad({ fault, store, witness, backWithin, strike: strike(network) }));
  }
  if (client === "node-redis") {
    return inRedisScene(async ({ network, witness }) => {
      const connected = await nodeRedis(network.port);
      try {
        return await underLoad({ fault, store: redisStore({ client: connected }), witness, backWithin, strike: strike(network) });
      } finally {
        connected.destroy();
      }
    });
  }
  const lasting = 3_000;
  return inRedisScene(
    ({ network, store, witness }) =>
      underLoad({
        fault,
        store,
        witness,
        untilBack: false,
        strike: async () => {
          network.strand();
          await sleep(lasting);
          return undefined;
        },
        judge: () => ({ notes: [`never noticed in the ${lasting / 1_000} s that were waited: set \`socketTimeout\``] }),
      }),
    { client: {} },
  );
}
