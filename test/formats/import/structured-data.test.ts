import { describe, expect, it } from "vitest";
import { skipStructuredData } from "../../../src/formats/import/structured-data.js";

describe("skipStructuredData", () => {
  it.each([
    ["none", "- text", 1],
    ["one element", '[a b="c"] text', 9],
    ["an element without values", "[a] text", 3],
    ["two elements", '[a b="c"][d] text', 12],
    ["a bracket in a value", '[a b="]"] Failed', 9],
    ["an escaped bracket, quote and backslash", String.raw`[a b="\]\"\\"] text`, 14],
    ["an element that does not end", '[a b="c"', undefined],
    ["a value that does not end", '[a b="c] text', undefined],
    ["text", "text", undefined],
    ["the end", "", undefined],
  ])("%s", (_, text, end) => expect(skipStructuredData(text, 0)).toBe(end));
});
