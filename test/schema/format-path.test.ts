import { describe, expect, it } from "vitest";
import { formatPath } from "../../src/schema/format-path.js";

describe("formatPath", () => {
  it.each([
    [[], ""],
    [["at"], "at"],
    [["rules", 2, "options", "within", "minutes"], "rules[2].options.within.minutes"],
    [[0], "[0]"],
    [["$schema"], "$schema"],
    [["__proto__"], "__proto__"],
    [["a", "b c"], "a[`b c`]"],
    [["a", "b\nc"], "a[`b c`]"],
    [["x".repeat(200)], `[\`${"x".repeat(100)}...\`]`],
  ])("%j", (path, text) => expect(formatPath(path)).toBe(text));
});
