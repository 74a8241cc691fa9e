import { describe, expect, it } from "vitest";
import { readSyslogTime } from "../../../src/formats/import/syslog-time.js";
import { syslogYears } from "../../../src/formats/import/syslog-years.js";

describe("readSyslogTime", () => {
  it.each([
    ["RFC 3164", "Mar 30 15:54:19 host", Date.UTC(2026, 2, 30, 15, 54, 19), 15],
    ["a fraction", "Mar 30 15:54:19.5 host", Date.UTC(2026, 2, 30, 15, 54, 19, 500), 17],
    ["ISO", "2025-03-30T15:54:19Z host", Date.UTC(2025, 2, 30, 15, 54, 19), 20],
    ["a month in another language", "Mär 30 15:54:19 host", "unknown-month", 15],
    ["a month in full", "March 30 15:54:19 host", "unknown-month", 17],
    ["a month in capitals", "MAR 30 15:54:19 host", "unknown-month", 15],
    ["30 February", "Feb 30 15:54:19 host", "bad-time", 15],
  ])("reads %s", (_, line, time, end) => expect(readSyslogTime(line, 0, syslogYears(2026))).toEqual({ time, end }));

  it.each(["", "Mar", "Mar 30", "Mar 30 15:54", "Mar 30 15:54:1", "Mar  30 15-54-19", "Mar 300 15:54:19", "x".repeat(1_000)])(
    "reads nothing in %j",
    (line) => expect(readSyslogTime(line, 0, syslogYears(2026))).toBeUndefined(),
  );

  it("does not move the years on for a time that does not exist", () => {
    const years = syslogYears(2026);
    readSyslogTime("Nov 11 11:11:11 host", 0, years);
    readSyslogTime("Jan 32 11:11:11 host", 0, years);
    expect(years.yearOf(11)).toBe(2026);
  });
});
