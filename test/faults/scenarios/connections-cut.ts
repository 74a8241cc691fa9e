import { setTimeout as sleep } from "node:timers/promises";
import type { FaultFigures } from "../fault-figures.js";
import type { IoredisOptions } from "../harness/redis-clients.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** How often connections are cut, how many milliseconds apart, and whose they are. */
export interface Cutting {
  readonly times: number;
  readonly every: number;
  readonly client?: IoredisOptions;
  readonly named?: string;
}

/** Every connection is broken again and again, wherever it happens to be. */
export function connectionsCut({ times, every, client, named = "recommended options" }: Cutting): Promise<FaultFigures> {
  return inRedisScene(
    ({ network, store, witness }) =>
      underLoad({
        fault: `connections cut ${times} times, ${every} ms apart, ${named}`,
        store,
        witness,
        backWithin: client === undefined ? 2_000 : 7_000,
        strike: async () => {
          for (let n = 0; n < times; n++) {
            network.cut();
            await sleep(every);
          }
          return performance.now();
        },
      }),
    client === undefined ? {} : { client },
  );
}
