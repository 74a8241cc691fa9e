import { describe, expect, it } from "vitest";
import { noRedisServer } from "../support/services.js";
import { clocksSkewed } from "./scenarios/clocks-skewed.js";

const why = noRedisServer === undefined ? "" : ` (skipped: ${noRedisServer})`;
const hour = 3_600_000;

describe.skipIf(noRedisServer !== undefined)(`two guards on one Redis, their clocks an hour apart${why}`, () => {
  it("say the same, lift a lock at the same moment, and raise an attack once", async () => {
    const { said, detections, broken } = await clocksSkewed({ skew: hour });
    expect(broken).toEqual([]);
    expect(said.map(({ when }) => when)).toEqual([
      "after five failures",
      "after ten failures",
      "0.4 s before the lock lifts",
      "0.4 s after",
      "a device cookie of the skewed guard",
      "an address on a list, before the store is asked",
      "a handle taken up by the other",
      "a handle taken up by the other",
    ]);
    expect(said[1]?.right).toMatchObject({ action: "BLOCK", retryAt: expect.any(Number) });
    expect(said[2]?.right).toMatchObject({ action: "BLOCK" });
    expect(said[3]?.right).not.toMatchObject({ action: "BLOCK" });
    expect(detections).toBe(1);
  });
});
