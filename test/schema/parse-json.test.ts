import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonError } from "../../src/schema/find-json-error.js";
import { InputError } from "../../src/schema/input-error.js";
import { parseJson } from "../../src/schema/parse-json.js";

const problemOf = (text: string) => {
  try {
    parseJson(text);
    return "none";
  } catch (error) {
    return error instanceof InputError && error.code === "invalid-json" ? error.issues[0]!.message : error;
  }
};

describe("parseJson", () => {
  it("reads JSON, with a byte order mark or without", () => {
    expect(parseJson('{"id":"mine"}')).toEqual({ id: "mine" });
    expect(parseJson('\ufeff{"id":"mine"}')).toEqual({ id: "mine" });
  });

  it.each([
    ["", "line 1, column 1: expected a value, got the end of the text"],
    ["{", "line 1, column 2: expected a key in double quotes or `}`, got the end of the text"],
    ['{\n  "id": "mine",\n}', "line 3, column 1: expected a key in double quotes"],
    ['{\n  "id" "mine"\n}', "line 2, column 8: expected `:`"],
    ["{\n  'id': 1\n}", "line 2, column 3: expected a key in double quotes or `}`"],
    ['{ "id": 1 "b": 2 }', "line 1, column 11: expected `,` or `}`"],
    ['{ "id": mine }', "line 1, column 9: expected a value"],
    ["[1,]", "line 1, column 4: expected a value"],
    ["[1 2]", "line 1, column 4: expected `,` or `]`"],
    ["[,]", "line 1, column 2: expected a value or `]`"],
    ["[}", "line 1, column 2: expected a value or `]`"],
    ["[1}", "line 1, column 3: expected `,` or `]`"],
    ["[01]", "line 1, column 2: expected a value or `]`"],
    ["[1.]", "line 1, column 2: expected a value or `]`"],
    ["[NaN]", "line 1, column 2: expected a value or `]`"],
    ["// a comment\n{}", "line 1, column 1: expected a value"],
    ["{} {}", "line 1, column 4: expected the end of the text"],
    ['["a\tb"]', "line 1, column 4: expected the end of the text in double quotes, or an escape such as `\\n`"],
    ['["\\x41"]', "line 1, column 3: expected an escape such as `\\n` or `\\u00e9`"],
    ['["a', "line 1, column 4: expected the end of the text in double quotes, got the end of the text"],
    ["[1]\u00a0", "line 1, column 4: expected the end of the text"],
  ])("says where %j is no JSON", (text, problem) => expect(problemOf(text)).toBe(problem));

  it("repeats nothing of the text", () => expect(problemOf('{"password": hunter2}')).not.toContain("hunter2"));

  it("stands a million open brackets and a text of a million characters", () => {
    expect(problemOf("[".repeat(1_000_000))).toBe("line 1, column 1000001: expected a value or `]`, got the end of the text");
    expect(problemOf(`["${"a".repeat(1_000_000)}`)).toContain("column 1000003");
  });

  it("law: finds a mistake exactly in what JSON.parse refuses", () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "]", "}", '"', "\\", "1", "-", " ", "e", "\n", "tru"))
      .map(([json, place, put]) => {
        const at = place % (json.length + 1);
        return json.slice(0, at) + put + json.slice(at + 1);
      });
    fc.assert(
      fc.property(broken, (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        const error = findJsonError(text);
        expect(error === undefined).toBe(parses);
        expect(error === undefined || (error.at >= 0 && error.at <= text.length)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
