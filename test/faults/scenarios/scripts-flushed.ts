import { setTimeout as sleep } from "node:timers/promises";
import type { FaultFigures } from "../fault-figures.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** `SCRIPT FLUSH`, so that the server knows no script any more: nobody notices. */
export function scriptsFlushed({ times, every }: { readonly times: number; readonly every: number }): Promise<FaultFigures> {
  return inRedisScene(({ direct, store, witness }) =>
    underLoad({
      fault: `SCRIPT FLUSH ${times} times, ${every} ms apart`,
      store,
      witness,
      strike: async () => {
        for (let n = 0; n < times; n++) {
          await direct.script("FLUSH");
          await sleep(every);
        }
        return undefined;
      },
      judge: (logins) => {
        const elsewhere = logins.filter(({ begunBy, concludedBy }) => begunBy !== "store" || concludedBy !== "store");
        return { broken: elsewhere.length === 0 ? [] : [`${elsewhere.length} logins were counted elsewhere`] };
      },
    }),
  );
}
