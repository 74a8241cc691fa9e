import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalAddress } from "../../../src/core/network/canonical-address.js";
import { groups, nearMisses, spelling } from "./spellings.js";

describe("an address in canonical form", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:C000:201", "192.0.2.1"],
    ["::ffff:192.0.2.1%eth0", "192.0.2.1"],
    ["2001:0DB8:0:0::1", "2001:db8::1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:db8::1%eth0", "2001:db8::1"],
    ["::", "::"],
    ["::1.2.3.4", "::102:304"],
  ])("%s is %s", (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  it.each([undefined, "", "999.1.1.1", "1::2::3", "192.0.2.1:443", " 192.0.2.1"])("%j has none", (text) => {
    expect(canonicalAddress(text)).toBeUndefined();
  });

  it("does not change when made canonical again", () => {
    fc.assert(
      fc.property(nearMisses, (text) => {
        const canonical = canonicalAddress(text);
        expect(canonicalAddress(canonical)).toBe(canonical);
      }),
      { numRuns: 5000 },
    );
  });

  it("is one text for every spelling, and the one that URL writes", () => {
    const spelled = groups.chain((groups) => fc.tuple(spelling(groups), spelling(groups)));
    fc.assert(
      fc.property(spelled, ([one, other]) => {
        const canonical = canonicalAddress(one);
        expect(canonicalAddress(other)).toBe(canonical);
        const mapped = !canonical!.includes(":");
        expect(new URL(`http://[${one}]/`).hostname).toBe(new URL(`http://[${mapped ? "::ffff:" : ""}${canonical}]/`).hostname);
        if (!mapped) expect(`[${canonical}]`).toBe(new URL(`http://[${one}]/`).hostname);
      }),
      { numRuns: 2000 },
    );
  });
});
