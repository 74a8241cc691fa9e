import { setTimeout as sleep } from "node:timers/promises";
import type { FaultFigures } from "../fault-figures.js";
import type { IoredisOptions } from "../harness/redis-clients.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** For how many milliseconds a network is away, and for whom. */
export interface Stalling {
  readonly lasting: number;
  readonly client?: IoredisOptions;
  readonly named?: string;
}

/** Nothing passes and nobody is told, as with a cable pulled out; then all that was sent arrives at once. */
export function networkStalled({ lasting, client, named = "recommended options" }: Stalling): Promise<FaultFigures> {
  return inRedisScene(
    ({ network, store, witness }) =>
      underLoad({
        fault: `network stalled for ${lasting} ms, ${named}`,
        store,
        witness,
        strike: async () => {
          network.stall(true);
          await sleep(lasting);
          network.stall(false);
          return performance.now();
        },
      }),
    client === undefined ? {} : { client },
  );
}
