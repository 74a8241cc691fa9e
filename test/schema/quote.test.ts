import { describe, expect, it } from "vitest";
import { quote } from "../../src/schema/quote.js";

describe("quote", () => {
  it.each([
    ["plain", "`plain`"],
    ["", "``"],
    ["two\r\nlines", "`two lines`"],
    ["\u001b[31mred", "` [31mred`"],
    ["right\u202eleft", "`right left`"],
    ["tick`tock", "`tick'tock`"],
    ["half \ud83d", "`half  `"],
    ["x".repeat(101), `\`${"x".repeat(100)}...\``],
  ])("%j", (text, quoted) => expect(quote(text)).toBe(quoted));

  it("cuts between the halves of a character without leaving one", () => {
    expect(quote(`${"x".repeat(99)}😀y`)).toBe(`\`${"x".repeat(99)} ...\``);
  });
});
