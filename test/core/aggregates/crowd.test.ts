import { describe, expect, it } from "vitest";
import { crowdCeiling, standsOut } from "../../../src/core/aggregates/crowd.js";
import type { Reading } from "../../../src/core/aggregates/reading.js";

const of = (value: number): Reading => ({ value, saturated: false, times: [], values: [], within: 1000 });

describe("troubled accounts of a source stand out", () => {
  it.each([
    ["below the limit never, even with nobody welcome", 4, 0, false],
    ["at the limit with nobody welcome", 5, 0, true],
    ["at the limit with one welcome less", 5, 4, true],
    ["not when as many are welcome: a shared address", 5, 5, false],
    ["not just below the ceiling among as many welcome", 19, 19, false],
    ["at the ceiling whatever the crowd: accounts of one's own buy only so much", 20, 500, true],
  ])("%s", (_, troubled, welcome, expected) => {
    expect(standsOut(of(troubled), of(welcome), 5)).toBe(expected);
  });

  it("the ceiling is four times the limit", () => {
    expect(crowdCeiling).toBe(4);
  });
});
