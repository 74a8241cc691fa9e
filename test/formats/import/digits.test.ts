import { describe, expect, it } from "vitest";
import { isDigit, readDigits } from "../../../src/formats/import/digits.js";

describe("readDigits", () => {
  it.each([
    ["two digits", "15:54", 3, 2, 54],
    ["leading zeros", "0007", 0, 4, 7],
    ["one digit too few", "15:5", 3, 2, -1],
    ["a letter between", "1a", 0, 2, -1],
    ["a sign", "-1", 0, 2, -1],
    ["a digit of another script", "١٢", 0, 2, -1],
    ["a place beyond the end", "12", 7, 2, -1],
  ])("%s", (_, text, start, count, expected) => expect(readDigits(text, start, count)).toBe(expected));
});

it("isDigit is false beyond the end", () => {
  expect([isDigit("7", 0), isDigit("7", 1), isDigit("7", -1)]).toEqual([true, false, false]);
});
