import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAddressText } from "../../../src/formats/import/address-text.js";

describe("isAddressText", () => {
  it.each([
    "192.0.2.7",
    "192.030.0.6",
    "999.1.1.1",
    "::",
    "::1",
    "2001:DB8::1",
    "::ffff:192.0.2.7",
    "fe80::1%eth0",
    "2001:db8:0:0:0:0:0:1",
  ])("%s", (text) => expect(isAddressText(text)).toBe(true));
  it.each([
    "",
    "localhost",
    "a.example.net",
    "192.0.2",
    "192.0.2.7.",
    "192.0.2.7:22",
    "[2001:db8::1]",
    "1:2",
    "::x",
    "::1%",
    "::1 ",
    `${"1".repeat(300)}.1.1.1`,
  ])("not %j", (text) => expect(isAddressText(text)).toBe(false));
  it("law: every address is written like one", () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => isAddressText(text)));
  });
});
