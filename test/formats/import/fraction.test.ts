import { describe, expect, it } from "vitest";
import { readFraction } from "../../../src/formats/import/fraction.js";

describe("readFraction", () => {
  it.each([
    ["none", "19 host", 2, 0, 2],
    ["tenths", "19.5", 2, 500, 4],
    ["milliseconds with a comma", "19,123", 2, 123, 6],
    ["microseconds, cut off", "19.123999+02:00", 2, 123, 9],
    ["nanoseconds", "19.000999999Z", 2, 0, 12],
    ["a point without digits, which is none", "19. host", 2, 0, 2],
    ["a place beyond the end", "19", 2, 0, 2],
  ])("%s", (_, text, start, milliseconds, end) => expect(readFraction(text, start)).toEqual({ milliseconds, end }));
});
