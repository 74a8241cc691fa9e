import { describe, expect, it } from "vitest";
import { InputError } from "../../src/schema/input-error.js";

const issue = (path: string) => ({ path, message: "expected an integer >= 1" });

describe("InputError", () => {
  it("says on one line what is wrong and where", () => {
    expect(new InputError("invalid-policy", [issue("rules[2].options.blockAt")]).message).toBe(
      "invalid policy: rules[2].options.blockAt: expected an integer >= 1",
    );
  });

  it("says nothing of a place when the whole is meant", () => {
    expect(new InputError("invalid-event", [issue("")]).message).toBe("invalid event: expected an integer >= 1");
  });

  it("counts what it does not say", () => {
    expect(new InputError("invalid-event", [issue("a"), issue("b"), issue("c")]).message).toMatch(/ \(and 2 more\)$/);
  });

  it("lists at most 100 issues", () => {
    const error = new InputError("invalid-event", Array(101).fill(issue("a")));
    expect(error.issues).toHaveLength(100);
    expect(error.message).toMatch(/ \(and at least 100 more\)$/);
  });

  it("is an Error with a name and a code", () => {
    const error = new InputError("invalid-json", []);
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.code, error.message]).toEqual(["InputError", "invalid-json", "invalid json"]);
  });
});
