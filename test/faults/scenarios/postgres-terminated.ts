import { setTimeout as sleep } from "node:timers/promises";
import type { FaultFigures } from "../fault-figures.js";
import { inPostgresScene } from "../harness/postgres-scene.js";
import { underLoad } from "../harness/under-load.js";

/** Every connection of the guard is ended by the server, again and again. */
export function postgresTerminated({ times, every }: { readonly times: number; readonly every: number }): Promise<FaultFigures> {
  return inPostgresScene(({ store, witness, terminate }) =>
    underLoad({
      fault: `PostgreSQL: connections terminated ${times} times, ${every} ms apart`,
      store,
      witness,
      strike: async () => {
        let ended = 0;
        for (let n = 0; n < times; n++) {
          ended += await terminate();
          await sleep(every);
        }
        if (ended === 0) throw new Error("there was no connection to terminate");
        return performance.now();
      },
    }),
  );
}
