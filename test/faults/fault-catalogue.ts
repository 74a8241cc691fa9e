import type { FaultFigures } from "./fault-figures.js";
import { queueingIoredis } from "./harness/redis-clients.js";
import { connectionStranded } from "./scenarios/connection-stranded.js";
import { connectionsCut } from "./scenarios/connections-cut.js";
import { storeAnswersGarbage } from "./scenarios/garbage.js";
import { networkStalled } from "./scenarios/network-stalled.js";
import { postgresLocked } from "./scenarios/postgres-locked.js";
import { postgresTerminated } from "./scenarios/postgres-terminated.js";
import { processHeldUp } from "./scenarios/process-held-up.js";
import { redisKilled, redisKilledUnderNodeRedis, redisKilledWithoutPersistence } from "./scenarios/redis-killed.js";
import { repliesShifted } from "./scenarios/replies-shifted.js";
import { scriptsFlushed } from "./scenarios/scripts-flushed.js";
import { storeSlowed, storeTooSlow } from "./scenarios/store-slowed.js";

/** A fault run, and what must be here for it. */
export interface FaultRun {
  /** What `--only` looks in. */
  readonly named: string;
  readonly needs: "redis-server" | "postgres";
  readonly run: () => Promise<FaultFigures>;
}

const redis = (named: string, run: () => Promise<FaultFigures>): FaultRun => ({ needs: "redis-server", named: `redis ${named}`, run });
const postgres = (named: string, run: () => Promise<FaultFigures>): FaultRun => ({ needs: "postgres", named: `postgres ${named}`, run });

/** Every fault run under load, as `npm run faults` plays them. */
export const faultRuns: readonly FaultRun[] = [
  redis("killed", () => redisKilled({ times: 3, deadFor: 500 })),
  redis("killed", () => redisKilled({ deadFor: 5_000 })),
  redis("killed", () => redisKilled({ deadFor: 500, client: queueingIoredis, named: "its queue kept" })),
  redis("killed", () => redisKilled({ deadFor: 5_000, client: queueingIoredis, named: "its queue kept" })),
  redis("killed", () => redisKilled({ deadFor: 5_000, client: {}, named: "as it comes" })),
  redis("killed", () => redisKilledUnderNodeRedis({ deadFor: 500 })),
  redis("killed", () => redisKilledWithoutPersistence({ deadFor: 500 })),
  redis("cut", () => connectionsCut({ times: 20, every: 200 })),
  redis("cut", () => connectionsCut({ times: 20, every: 200, client: queueingIoredis, named: "its queue kept" })),
  redis("cut", () => connectionsCut({ times: 20, every: 200, client: {}, named: "ioredis as it comes" })),
  redis("flushed", () => scriptsFlushed({ times: 500, every: 5 })),
  redis("slowed", () => storeSlowed({ by: 50, lasting: 3_000 })),
  redis("slowed", () => storeSlowed({ by: 150, lasting: 3_000 })),
  redis("slowed", () => storeTooSlow({ by: 400, lasting: 4_000 })),
  redis("stalled", () => networkStalled({ lasting: 3_000 })),
  redis("stalled", () => networkStalled({ lasting: 3_000, client: {}, named: "ioredis as it comes" })),
  redis("stranded", () => connectionStranded("ioredis")),
  redis("stranded", () => connectionStranded("ioredis as it comes")),
  redis("stranded", () => connectionStranded("node-redis")),
  redis("shifted", () => repliesShifted({ lasting: 2_000 })),
  redis("garbage", () => storeAnswersGarbage({ what: "bytes of no protocol", lasting: 2_000 })),
  redis("garbage", () => storeAnswersGarbage({ what: "a number", lasting: 2_000 })),
  redis("garbage", () => storeAnswersGarbage({ what: "an error", lasting: 2_000 })),
  redis("garbage", () => storeAnswersGarbage({ what: "journals that are none", lasting: 2_000 })),
  redis("garbage", () => storeAnswersGarbage({ what: "a time that is none", lasting: 2_000 })),
  redis("held up", () => processHeldUp({ times: 5, by: 400 })),
  postgres("terminated", () => postgresTerminated({ times: 10, every: 300 })),
  postgres("locked", () => postgresLocked({ lasting: 1_000 })),
  postgres("locked", () => postgresLocked({ lasting: 1_000, pool: { max: 20 }, named: "pg as it comes" })),
  postgres("stranded", () => connectionStranded("pg")),
];
