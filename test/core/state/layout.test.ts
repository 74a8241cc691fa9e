import { describe, expect, it } from "vitest";
import { emptyLayout, extendLayout, type Layout } from "../../../src/core/state/layout.js";

const layout = (groupings: { readonly [name: string]: readonly string[] }): Layout => ({
  groupings: Object.entries(groupings).map(([name, slots]) => ({ name, slots })),
});

describe("a layout only grows", () => {
  it.each<[string, Layout, Layout, Layout]>([
    ["from nothing to all that is wanted", emptyLayout, layout({ a: ["x"] }), layout({ a: ["x"] })],
    [
      "by the slots that are new, behind the old ones",
      layout({ a: ["x", "y"] }),
      layout({ a: ["z", "y"] }),
      layout({ a: ["x", "y", "z"] }),
    ],
    ["by the groupings that are new, behind the old ones", layout({ a: ["x"] }), layout({ b: ["x"] }), layout({ a: ["x"], b: ["x"] })],
    ["and keeps what nobody wants any more", layout({ a: ["x"], b: ["y"] }), layout({ b: [] }), layout({ a: ["x"], b: ["y"] })],
  ])("%s", (_, old, wanted, expected) => {
    const before = structuredClone(old);
    expect(extendLayout(old, wanted)).toEqual(expected);
    expect(old).toEqual(before);
  });

  it("and stays the same value when it holds all that is wanted, in whatever order", () => {
    const old = layout({ a: ["x", "y"], b: ["z"] });
    expect(extendLayout(old, layout({ b: ["z"], a: ["y"] }))).toBe(old);
    expect(extendLayout(emptyLayout, layout({}))).toBe(emptyLayout);
  });

  it("and shares no list with what was wanted, which a later growth could show in", () => {
    const wanted = layout({ a: ["x"] });
    const grown = extendLayout(emptyLayout, wanted);
    expect(grown.groupings[0]!.slots).not.toBe(wanted.groupings[0]!.slots);
  });
});
