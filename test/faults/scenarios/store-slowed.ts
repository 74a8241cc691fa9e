import { setTimeout as sleep } from "node:timers/promises";
import type { FaultFigures } from "../fault-figures.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** Replies come late, but in time: the store counts as ever. */
export function storeSlowed({ by, lasting }: { readonly by: number; readonly lasting: number }): Promise<FaultFigures> {
  return inRedisScene(({ network, store, witness }) =>
    underLoad({
      fault: `store slowed by ${by} ms`,
      store,
      witness,
      strike: async () => {
        network.delay(by);
        await sleep(lasting);
        network.delay(0);
        return undefined;
      },
      judge: (logins) => {
        const elsewhere = logins.filter(({ begunBy, concludedBy }) => begunBy !== "store" || concludedBy !== "store");
        return { broken: elsewhere.length === 0 ? [] : [`${elsewhere.length} logins were counted elsewhere`] };
      },
    }),
  );
}

/** Replies come later than the deadline, although the store did what it was asked. */
export function storeTooSlow({ by, lasting }: { readonly by: number; readonly lasting: number }): Promise<FaultFigures> {
  return inRedisScene(({ network, store, witness }) =>
    underLoad({
      fault: `store slowed by ${by} ms, beyond the deadline`,
      store,
      witness,
      strike: async () => {
        network.delay(by);
        await sleep(lasting);
        network.delay(0);
        return performance.now();
      },
    }),
  );
}
