import { describe, expect, it } from "vitest";
import { longestRemembered, recentSet } from "../../../src/formats/import/recent-set.js";

describe("recentSet", () => {
  it("gives a text back once", () => {
    const seen = recentSet(3);
    seen.add("a");
    seen.add("a");
    expect([seen.take("a"), seen.take("a"), seen.take("b")]).toEqual([true, false, false]);
  });

  it("forgets the oldest, counted from when it was last added", () => {
    const seen = recentSet(3);
    for (const text of ["a", "b", "c", "a", "d"]) seen.add(text);
    expect(["a", "b", "c", "d"].map((text) => seen.take(text))).toEqual([true, false, true, true]);
  });

  it("remembers no text that is too long", () => {
    const seen = recentSet(3);
    for (const length of [longestRemembered, longestRemembered + 1]) seen.add("x".repeat(length));
    expect([longestRemembered, longestRemembered + 1].map((length) => seen.take("x".repeat(length)))).toEqual([true, false]);
  });
});
