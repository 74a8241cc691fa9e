import { describe, expect, it } from "vitest";
import { noRedisServer } from "../support/services.js";
import type { FaultFigures } from "./fault-figures.js";
import { connectionStranded } from "./scenarios/connection-stranded.js";
import { connectionsCut } from "./scenarios/connections-cut.js";
import { networkStalled } from "./scenarios/network-stalled.js";
import { processHeldUp } from "./scenarios/process-held-up.js";
import { redisKilled, redisKilledUnderNodeRedis, redisKilledWithoutPersistence } from "./scenarios/redis-killed.js";
import { repliesShifted } from "./scenarios/replies-shifted.js";
import { scriptsFlushed } from "./scenarios/scripts-flushed.js";
import { storeSlowed, storeTooSlow } from "./scenarios/store-slowed.js";

const why = noRedisServer === undefined ? "" : ` (skipped: ${noRedisServer})`;

/** What every login got, whatever was done to the store: an answer in time, no exception, and for honest people entrance. */
function expectUnharmed({ logins, exceptions, honest, broken }: FaultFigures): void {
  expect(exceptions).toEqual([]);
  expect(broken).toEqual([]);
  expect(logins).toBeGreaterThan(100);
  expect(honest.admitted).toBe(honest.logins);
}

describe.skipIf(noRedisServer !== undefined)(`64 logins on their way, and Redis fails${why}`, () => {
  it.each<[string, () => Promise<FaultFigures>]>([
    ["killed and started again", () => redisKilled({ deadFor: 300 })],
    ["killed and started again, under node-redis", () => redisKilledUnderNodeRedis({ deadFor: 300 })],
    ["connections cut again and again", () => connectionsCut({ times: 5, every: 150 })],
    ["slower than the deadline", () => storeTooSlow({ by: 400, lasting: 1_200 })],
    ["silent, then all at once", () => networkStalled({ lasting: 1_200 })],
    ["a connection that is dead and does not say so", () => connectionStranded("ioredis")],
    ["replies that belong to the request before", () => repliesShifted({ lasting: 500 })],
  ])("%s: no exception, each answer in time, nothing forgotten that was acknowledged", async (_, run) => {
    const figures = await run();
    expectUnharmed(figures);
    expect(figures.acknowledged).toBeGreaterThan(0);
    // or the fault was none
    expect(figures.begun.local).toBeGreaterThan(0);
  });

  it.each<[string, () => Promise<FaultFigures>]>([
    ["scripts flushed a hundred times", () => scriptsFlushed({ times: 100, every: 5 })],
    ["50 ms slower, in time", () => storeSlowed({ by: 50, lasting: 500 })],
    ["a process held up for longer than the deadline", () => processHeldUp({ times: 1, by: 400 })],
  ])("%s: nobody notices, and all is counted there", async (_, run) => {
    const figures = await run();
    expectUnharmed(figures);
    expect(figures.begun).toEqual({ store: figures.logins, local: 0, nobody: 0 });
  });

  it("killed without persistence: what it forgets is seen to be gone, so this harness sees it", async () => {
    const figures = await redisKilledWithoutPersistence({ deadFor: 200 });
    expectUnharmed(figures);
    expect(figures.forgotten).toBeGreaterThan(0);
  });
});
