import { setTimeout as sleep } from "node:timers/promises";
import type { FaultFigures } from "../fault-figures.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** One reply too many on the connection: from then on every reply belongs to the request before. None may be taken for one's own. */
export function repliesShifted({ lasting }: { readonly lasting: number }): Promise<FaultFigures> {
  return inRedisScene(({ network, store, witness }) =>
    underLoad({
      fault: "every reply belongs to the request before",
      store,
      witness,
      strike: async () => {
        network.slipIn(Buffer.from("+OK\r\n"));
        await sleep(lasting);
        // no client notices by itself
        network.cut();
        return performance.now();
      },
    }),
  );
}
