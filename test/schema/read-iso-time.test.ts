import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIsoTime } from "../../src/schema/read-iso-time.js";

const at = Date.UTC(2026, 2, 30, 15, 54, 19);
const noShape = "expected an ISO 8601 time such as `2026-03-30T15:54:19Z`, got another text";
const noZone = "expected a zone at the end of the time, such as `Z` or `+02:00`";
const noDate = "expected a date and a time of day that exist";

describe("readIsoTime", () => {
  it.each([
    ["2026-03-30T15:54:19Z", at],
    ["2026-03-30t15:54:19z", at],
    ["2026-03-30 15:54:19Z", at],
    ["2026-03-30T17:54:19+02:00", at],
    ["2026-03-30T17:54:19+0200", at],
    ["2026-03-30T17:54:19+02", at],
    ["2026-03-30T12:24:19-03:30", at],
    ["2026-03-31T00:54:19+09:00", at],
    ["2026-03-30T15:54Z", at - 19_000],
    ["2026-03-30T15:54:19.5Z", at + 500],
    ["2026-03-30T15:54:19.123456789Z", at + 123],
    ["2026-03-30T15:54:19,123+00:00", at + 123],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["2026-12-31T23:59:59.999Z", Date.UTC(2026, 11, 31, 23, 59, 59, 999)],
  ])("reads %s", (text, time) => expect(readIsoTime(text)).toBe(time));

  it.each([
    ["2026-03-30T15:54:19", noZone],
    ["2026-03-30 15:54", noZone],
    ["2026-03-30T15:54:19.123", noZone],
    ["2026-02-29T00:00:00Z", noDate],
    ["2026-04-31T00:00:00Z", noDate],
    ["2026-13-01T00:00:00Z", noDate],
    ["2026-00-01T00:00:00Z", noDate],
    ["2026-01-00T00:00:00Z", noDate],
    ["2026-01-01T24:00:00Z", noDate],
    ["2026-01-01T00:60:00Z", noDate],
    ["2026-12-31T23:59:60Z", noDate],
    ["2026-01-01T00:00:00+24:00", noDate],
    ["2026-01-01T00:00:00+02:60", noDate],
    ["", noShape],
    ["2026-03-30", noShape],
    ["1774886059000", noShape],
    ["30 March 2026", noShape],
    ["2026-03-30T15:54:19Z ", noShape],
    [" 2026-03-30T15:54:19Z", noShape],
    ["2026-03-30T15:54:19.Z", noShape],
    ["2026-03-30T15:54:19 UTC", noShape],
    ["٢٠٢٦-03-30T15:54:19Z", noShape],
    [`2026-03-30T15:54:19.${"1".repeat(1_000_000)}Z`, noShape],
  ])("refuses %.40s", (text, problem) => expect(readIsoTime(text)).toBe(problem));

  it("law: reads what a date writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (time) => {
        expect(readIsoTime(new Date(time).toISOString())).toBe(time);
      }),
    );
  });

  it("law: any text is a time or a problem, never NaN", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$/), (text) => {
        const read = readIsoTime(text);
        expect(typeof read === "string" || Number.isSafeInteger(read)).toBe(true);
      }),
    );
  });
});
