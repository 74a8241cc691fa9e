import type pg from "pg";
import type { FaultFigures } from "../fault-figures.js";
import { inPostgresScene, recommendedPool } from "../harness/postgres-scene.js";
import { underLoad } from "../harness/under-load.js";

/** For how many milliseconds a table is locked, and for whom. */
export interface Locking {
  readonly lasting: number;
  readonly pool?: pg.PoolConfig;
  readonly named?: string;
}

/** Somebody locks the table, as a careless migration does. */
export function postgresLocked({ lasting, pool = recommendedPool, named = "recommended options" }: Locking): Promise<FaultFigures> {
  return inPostgresScene(
    ({ store, witness, lock }) =>
      underLoad({
        fault: `PostgreSQL: table locked for ${lasting} ms, ${named}`,
        store,
        witness,
        strike: async () => {
          await lock(lasting);
          return performance.now();
        },
      }),
    pool,
  );
}
