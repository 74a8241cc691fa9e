import { describe, expect, it } from "vitest";
import { calendarTime } from "../../../src/formats/import/calendar-time.js";

describe("calendarTime", () => {
  it.each([
    ["the beginning", [1970, 1, 1, 0, 0, 0, 0], 0],
    ["the last millisecond of a day", [2026, 3, 30, 23, 59, 59, 999], Date.UTC(2026, 2, 30, 23, 59, 59, 999)],
    ["29 February in a leap year", [2028, 2, 29, 0, 0, 0, 0], Date.UTC(2028, 1, 29)],
    ["29 February in 2000", [2000, 2, 29, 0, 0, 0, 0], Date.UTC(2000, 1, 29)],
    ["29 February in 2100", [2100, 2, 29, 0, 0, 0, 0], "bad-time"],
    ["29 February in 2026", [2026, 2, 29, 0, 0, 0, 0], "bad-time"],
    ["31 April", [2026, 4, 31, 0, 0, 0, 0], "bad-time"],
    ["day 0", [2026, 4, 0, 0, 0, 0, 0], "bad-time"],
    ["month 0", [2026, 0, 1, 0, 0, 0, 0], "bad-time"],
    ["month 13", [2026, 13, 1, 0, 0, 0, 0], "bad-time"],
    ["24 o'clock", [2026, 3, 30, 24, 0, 0, 0], "bad-time"],
    ["minute 60", [2026, 3, 30, 23, 60, 0, 0], "bad-time"],
    ["a leap second", [2016, 12, 31, 23, 59, 60, 0], "bad-time"],
    ["1969", [1969, 12, 31, 0, 0, 0, 0], "bad-time"],
  ] as const)("%s", (_, [year, month, day, hour, minute, second, millisecond], expected) => {
    expect(calendarTime(year, month, day, hour, minute, second, millisecond)).toBe(expected);
  });
});
