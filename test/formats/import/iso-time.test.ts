import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readIsoTime } from "../../../src/formats/import/iso-time.js";

describe("readIsoTime", () => {
  const time = Date.UTC(2026, 2, 30, 15, 54, 19);
  it.each([
    ["UTC", "2026-03-30T15:54:19Z", time, 20],
    ["lower case", "2026-03-30t15:54:19z", time, 20],
    ["no zone", "2026-03-30T15:54:19 host", time, 19],
    ["a blank for the T", "2026-03-30 15:54:19,250 host", time + 250, 23],
    ["east", "2026-03-30T15:54:19+05:30", time - 330 * 60_000, 25],
    ["west", "2026-03-30T15:54:19.5-0800", time + 480 * 60_000 + 500, 26],
    ["hours only", "2026-03-30T15:54:19+02 host", time - 120 * 60_000, 22],
    ["an unknown local offset, which is UTC", "2026-03-30T15:54:19-00:00", time, 25],
    ["an offset of a day", "2026-03-30T15:54:19+24:00", "bad-time", 25],
    ["an offset of 60 minutes", "2026-03-30T15:54:19+01:60", "bad-time", 25],
    ["a day that does not exist, with an offset", "2026-02-30T15:54:19+01:00", "bad-time", 25],
  ])("reads %s", (_, text, expected, end) => expect(readIsoTime(text, 0)).toEqual({ time: expected, end }));

  it.each([
    "",
    "2026-03-30",
    "2026/03/30T15:54:19Z",
    "2026-03-30X15:54:19Z",
    "2026-03-30T15.54.19Z",
    "2026-03-30T15:54:19+x",
    "26-03-30T15:54:19Z",
  ])("reads nothing in %j", (text) => expect(readIsoTime(text, 0)).toBeUndefined());

  it("agrees with the platform on every time it writes", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }), (date) => {
        expect(readIsoTime(`> ${date.toISOString()}`, 2)).toEqual({ time: date.getTime(), end: 26 });
      }),
    );
  });
});
