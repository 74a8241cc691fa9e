import { setTimeout as sleep } from "node:timers/promises";
import type { FaultFigures } from "../fault-figures.js";
import { inRedisScene, type RedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** The guard's own process is busy for longer than the deadline, as with a password hash on the main thread. The store is fine, and stays in use. */
export function processHeldUp({ times, by }: { readonly times: number; readonly by: number }): Promise<FaultFigures> {
  const play = ({ witness }: RedisScene): Promise<FaultFigures> =>
    underLoad({
      fault: `process held up ${times} times for ${by} ms`,
      // straight to the server: the network of these runs lives in the process that is held up
      store: witness,
      witness,
      strike: async () => {
        for (let n = 0; n < times; n++) {
          // from here the loop goes on with its timers, before it looks what has come
          await new Promise((resolve) => setImmediate(resolve));
          const until = performance.now() + by;
          while (performance.now() < until);
          await sleep(300);
        }
        return undefined;
      },
      judge: (logins) => {
        const elsewhere = logins.filter(({ begunBy, concludedBy }) => begunBy !== "store" || concludedBy !== "store");
        return { broken: elsewhere.length === 0 ? [] : [`${elsewhere.length} logins were counted elsewhere`] };
      },
    });
  // one that waits for no disk: a busy one would be a fault of its own
  return inRedisScene(play, { keeps: false });
}
