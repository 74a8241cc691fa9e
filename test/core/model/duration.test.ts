import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Duration, toMilliseconds } from "../../../src/core/model/duration.js";

describe("the length of a duration", () => {
  it.each<[Duration, number]>([
    [{ seconds: 1 }, 1000],
    [{ minutes: 15 }, 900_000],
    [{ hours: 1 }, 3_600_000],
    [{ days: 1 }, 86_400_000],
    [{ weeks: 1 }, 604_800_000],
    [{ hours: 1, minutes: 30 }, 5_400_000],
    [{ minutes: 0, seconds: 1 }, 1000],
    [{ minutes: 0.5 }, 30_000],
    [{ seconds: 0.001 }, 1],
    [{ days: 90 }, 7_776_000_000],
  ])("%o is %i milliseconds", (duration, length) => {
    expect(toMilliseconds(duration)).toBe(length);
  });

  it.each<[string, unknown, new () => Error, RegExp]>([
    ["nothing at all", undefined, TypeError, /duration/],
    ["null", null, TypeError, /duration/],
    ["a number of milliseconds", 900_000, TypeError, /duration/],
    ["a text", "15m", TypeError, /duration/],
    ["months, whose length depends on the calendar", { months: 1 }, TypeError, /months/],
    ["years", { years: 1 }, TypeError, /years/],
    ["a unit in the singular", { minute: 1 }, TypeError, /minute/],
    ["a unit called like a property of every object", { constructor: 1 }, TypeError, /constructor/],
    ["an empty one", {}, RangeError, /longer than zero/],
    ["one of zero", { minutes: 0 }, RangeError, /longer than zero/],
    ["one that is less than a millisecond", { seconds: 0.0001 }, RangeError, /longer than zero/],
    ["a negative part", { minutes: -1 }, RangeError, /minutes/],
    ["a negative part in a positive whole", { hours: 1, minutes: -1 }, RangeError, /minutes/],
    ["an endless part", { hours: Number.POSITIVE_INFINITY }, RangeError, /hours/],
    ["parts whose sum is endless", { weeks: Number.MAX_VALUE }, RangeError, /weeks|duration/],
    ["no number", { hours: Number.NaN }, RangeError, /hours/],
    ["a text for a part", { hours: "1" }, RangeError, /hours/],
    ["null for a part", { hours: null }, RangeError, /hours/],
  ])("%s is refused, naming what is wrong", (_, duration, error, message) => {
    expect(() => toMilliseconds(duration as Duration)).toThrow(error);
    expect(() => toMilliseconds(duration as Duration)).toThrow(message);
  });

  it("is the sum of its parts", () => {
    const part = fc.nat(1000);
    fc.assert(
      fc.property(part, part, part, part, part, (weeks, days, hours, minutes, seconds) => {
        fc.pre(weeks + days + hours + minutes + seconds > 0);
        const sum = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
        expect(toMilliseconds({ weeks, days, hours, minutes, seconds })).toBe(sum);
      }),
    );
  });
});
