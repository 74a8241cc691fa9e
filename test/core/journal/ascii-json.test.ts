import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asciiJson } from "../../../src/core/journal/ascii-json.js";

describe("asciiJson", () => {
  it.each<[string, unknown, string]>([
    ["plain text as JSON has it", "ann", '"ann"'],
    ["a number", 1.5, "1.5"],
    ["the empty text", "", '""'],
    ["quotes and backslashes", '"\\', '"\\"\\\\"'],
    ["a newline and a NUL", "\n\u0000", '"\\n\\u0000"'],
    ["the last printable character of ASCII", "~", '"~"'],
    ["DEL, the first beyond", "\u007f", '"\\u007f"'],
    ["a letter with two dots", "Zo\u00eb", '"Zo\\u00eb"'],
    ["the line separator that JavaScript once broke at", "\u2028", '"\\u2028"'],
    ["a pair of surrogates, unit by unit", "\u{1f600}", '"\\ud83d\\ude00"'],
    ["a surrogate alone", "\ud800", '"\\ud800"'],
    ["the last unit there is", "\uffff", '"\\uffff"'],
    ["names of an object too", { "\u00e9": ["\u00e9"] }, '{"\\u00e9":["\\u00e9"]}'],
  ])("%s", (_, value, text) => expect(asciiJson(value)).toBe(text));

  it("is ASCII, and JSON reads it back, whatever the text", () => {
    const texts = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: "binary" })), (text) => {
        const written = asciiJson(text);
        expect(written).toMatch(/^[\x20-\x7e]*$/);
        expect(JSON.parse(written)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
