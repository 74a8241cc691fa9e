import { setTimeout as sleep } from "node:timers/promises";
import { redisStore } from "../../../src/stores/redis/redis-store.js";
import type { FaultFigures } from "../fault-figures.js";
import type { OwnRedisServer } from "../harness/own-redis-server.js";
import { type IoredisOptions, nodeRedis } from "../harness/redis-clients.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** How often Redis is killed, for how long it is dead, and who asks it. */
export interface Killing {
  readonly times?: number;
  readonly deadFor: number;
  readonly client?: IoredisOptions;
  readonly named?: string;
}

/** Redis is killed with SIGKILL and started again on the same data, under load. */
export function redisKilled({ times = 1, deadFor, client, named = "recommended options" }: Killing): Promise<FaultFigures> {
  return inRedisScene(
    ({ server, store, witness }) =>
      underLoad({
        fault: `Redis killed ${times === 1 ? "once" : `${times} times`} for ${deadFor} ms, ioredis, ${named}`,
        store,
        witness,
        // a client that is left to itself waits ever longer before it connects again
        backWithin: client === undefined ? 2_000 : 7_000,
        strike: async () => {
          let backAt = 0;
          for (let n = 0; n < times; n++) {
            if (n > 0) await sleep(1_600);
            backAt = await killed(server, deadFor);
          }
          return backAt;
        },
      }),
    client === undefined ? {} : { client },
  );
}

/** The same, with node-redis. */
export function redisKilledUnderNodeRedis({ deadFor }: Pick<Killing, "deadFor">): Promise<FaultFigures> {
  return inRedisScene(async ({ server, network, witness }) => {
    const client = await nodeRedis(network.port);
    try {
      return await underLoad({
        fault: `Redis killed once for ${deadFor} ms, node-redis`,
        store: redisStore({ client }),
        witness,
        strike: () => killed(server, deadFor),
      });
    } finally {
      client.destroy();
    }
  });
}

/** The same with a Redis as it is from the box: what it forgets is forgotten, and no guard can know. */
export function redisKilledWithoutPersistence({ deadFor }: Pick<Killing, "deadFor">): Promise<FaultFigures> {
  return inRedisScene(
    ({ server, store, witness }) =>
      underLoad({
        fault: `Redis killed once for ${deadFor} ms, no persistence`,
        store,
        witness,
        remembers: false,
        strike: () => killed(server, deadFor),
        judge: () => ({ notes: ["without persistence a restart forgets what was before it; no guard can know"] }),
      }),
    { keeps: false },
  );
}

/** Gives when it answers again. */
async function killed(server: OwnRedisServer, deadFor: number): Promise<number> {
  await server.kill();
  await sleep(deadFor);
  await server.start();
  return performance.now();
}
