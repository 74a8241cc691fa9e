import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slotId } from "../../../src/core/journal/slot-id.js";
import { defaultPolicy } from "../../../src/core/policies/default.js";

describe("slotId", () => {
  // what stands in stores out there: these may never change
  it.each([
    ["", "ztntfp"],
    ["count where unproven by account-and-source", "2ein66"],
    ["latest where proven by account-and-device", "1ho4a8s"],
    ["detected brute-force", "16myg65"],
  ])("of `%s` is `%s` for ever", (name, id) => expect(slotId(name)).toBe(id));

  it("is FNV-1a of 32 bits: the published value of `foobar`", () => expect(slotId("foobar")).toBe((0xbf9cf968).toString(36)));

  it("is short, plain and the same each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(slotId(name)).toMatch(/^[0-9a-z]{1,7}$/);
        expect(slotId(name)).toBe(slotId(name));
      }),
    );
  });

  it("tells all slots of the default policy apart", () => {
    const names = defaultPolicy.compiled.plan.layout.groupings.flatMap(({ slots }) => slots);
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names.map(slotId)).size).toBe(new Set(names).size);
  });
});
