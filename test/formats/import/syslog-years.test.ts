import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syslogYears } from "../../../src/formats/import/syslog-years.js";

const yearsOf = (...months: readonly number[]) => {
  const years = syslogYears(2026);
  return months.map((month) => years.yearOf(month));
};

describe("syslogYears", () => {
  it.each([
    ["a year in order", [1, 2, 5, 6, 11, 12], [2026, 2026, 2026, 2026, 2026, 2026]],
    ["a turn", [12, 1, 2], [2026, 2027, 2027]],
    ["one late line", [12, 1, 12, 1], [2026, 2027, 2026, 2027]],
    ["five quiet months", [1, 6], [2026, 2026]],
    ["five quiet months over New Year", [10, 3], [2026, 2027]],
    ["six quiet months, taken for a step back", [1, 7], [2026, 2025]],
    ["six months back", [7, 1], [2026, 2026]],
    ["a wrong clock for one line, then on", [8, 1, 8, 9, 12, 1], [2026, 2027, 2026, 2026, 2026, 2027]],
  ])("%s", (_, months, expected) => expect(yearsOf(...months)).toEqual(expected));

  it("knows no year when none is given", () => expect(syslogYears(undefined).yearOf(3)).toBeUndefined());
  it.each([1969, 9999, 2026.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %s", (year) =>
    expect(() => syslogYears(year)).toThrow(RangeError),
  );

  it("law: lines in order, less than six months apart and each late by a month at most, keep their years", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { maxLength: 60 }), (steps) => {
        const years = syslogYears(2026);
        let month = 2026 * 12; // months since year 0
        years.yearOf(1);
        for (const [step, late] of steps) {
          month += step;
          expect(years.yearOf((month % 12) + 1)).toBe(Math.floor(month / 12));
          if (late) expect(years.yearOf(((month - 1) % 12) + 1)).toBe(Math.floor((month - 1) / 12));
        }
      }),
    );
  });
});
