import { describe, expect, it } from "vitest";
import { parseJournal } from "../../../src/core/journal/parse-journal.js";

describe("parseJournal", () => {
  it.each<[string, string, readonly unknown[]]>([
    ["nothing written", "", []],
    ["one line", '[1,"a",0],', [[1, "a", 0]]],
    [
      "two lines",
      '[1,"a",0],[2,"b",1],',
      [
        [1, "a", 0],
        [2, "b", 1],
      ],
    ],
    ["brackets inside a text", '["],["],', [["],["]]],
  ])("reads %s", (_, journal, lines) => expect(parseJournal(journal)).toEqual(lines));

  it.each<[string, unknown, string]>([
    ["a last line that was cut off", '[1,"a",0],[2,"b', "a last line that is whole"],
    ["a last line without its comma", '[1,"a",0]', "a last line that is whole"],
    ["a space behind it", '[1,"a",0], ', "a last line that is whole"],
    ["an error page", "<html>", "a last line that is whole"],
    ["a first line that was cut off", '"a",0],', "JSON"],
    ["a bracket too many", "]],", "JSON"],
    ["a line that ends early", '[1,"a"],]],', "JSON"],
    ["no text: null", null, "a text"],
    ["no text: undefined", undefined, "a text"],
    ["no text: bytes", new TextEncoder().encode('[1,"a",0],'), "a text"],
    ["no text: a number", 12, "a text"],
    ["no text: what only pretends to be", { endsWith: () => true, slice: () => "" }, "a text"],
  ])("refuses %s", (_, journal, expected) => {
    expect(() => parseJournal(journal as string)).toThrow(new TypeError(`journal: expected ${expected}`));
  });
});
