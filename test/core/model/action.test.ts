import { describe, expect, it } from "vitest";
import { actions, strictness } from "../../../src/core/model/action.js";

describe("how strict an action is", () => {
  it("lets in, lets in and tells, asks for more, does not let in: in this order", () => {
    expect(actions).toEqual(["ALLOW", "FLAG", "CHALLENGE", "BLOCK"]);
    expect(actions.map(strictness)).toEqual([0, 1, 2, 3]);
  });
});
