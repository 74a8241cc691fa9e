import { describe, expect, it } from "vitest";
import { emptyReading, liftsAt, type Reading } from "../../../src/core/aggregates/reading.js";

const reading = (times: readonly number[], within: number): Reading => ({
  value: times.length,
  saturated: false,
  times,
  values: [],
  within,
});

describe("when a reading falls below a limit", () => {
  it.each([
    ["at the limit: when the oldest that counts leaves", [1000, 4000], 2, 61_000],
    ["above the limit: when so many have left that one less remains", [1000, 2000, 4000], 2, 62_000],
    ["a limit of one: when the newest leaves", [1000, 4000], 1, 64_000],
    ["below the limit: it is below already", [1000, 4000], 3, undefined],
    ["empty: it is below already", [], 1, undefined],
    ["a limit of zero: nothing is ever below it", [1000, 4000], 0, undefined],
    ["several of one moment leave together", [1000, 1000, 1000], 2, 61_000],
  ])("%s", (_, times, limit, lifts) => {
    expect(liftsAt(reading(times, 60_000), limit)).toBe(lifts);
  });

  it("a window that never ends never lifts", () => {
    expect(liftsAt(reading([1000, 2000], Number.POSITIVE_INFINITY), 2)).toBeUndefined();
  });
});

describe("the reading of an empty group", () => {
  it("is zero, not saturated, and carries its window", () => {
    expect(emptyReading(5000)).toEqual({ value: 0, saturated: false, times: [], values: [], within: 5000 });
  });
});
