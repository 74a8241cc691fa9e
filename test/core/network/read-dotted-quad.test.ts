import { isIPv4 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDottedQuad } from "../../../src/core/network/read-dotted-quad.js";

const read = (text: string) => readDottedQuad(text, 0, text.length);

describe("a dotted quad", () => {
  it.each([
    ["0.0.0.0", 0],
    ["0.0.0.1", 1],
    ["192.0.2.1", 0xc0000201],
    ["127.255.255.255", 0x7fffffff],
    ["128.0.0.0", 0x80000000],
    ["255.255.255.255", 0xffffffff],
  ])("%s is %i", (text, value) => {
    expect(read(text)).toBe(value);
  });

  it.each([
    ["nothing", ""],
    ["one part", "192"],
    ["two parts, which inet_aton fills up", "127.1"],
    ["three parts", "192.0.2"],
    ["five parts", "192.0.2.1.5"],
    ["an empty first part", ".0.2.1"],
    ["an empty middle part", "192..2.1"],
    ["an empty last part", "192.0.2."],
    ["a closing dot", "192.0.2.1."],
    ["a part of 256", "192.0.2.256"],
    ["a part of four digits", "192.0.2.1000"],
    ["a first part of 999", "999.1.1.1"],
    ["a leading zero, which some read as octal", "192.030.0.6"],
    ["two zeros", "192.0.2.00"],
    ["hexadecimal", "0x7f.0.0.1"],
    ["a sign", "192.0.2.-1"],
    ["a plus", "+192.0.2.1"],
    ["full-width digits", "１９２.0.2.1"],
    ["an ideographic full stop", "192。0。2。1"],
    ["a byte beyond the ASCII digits", "192.0.2.:"],
  ])("%s is malformed", (_, text) => {
    expect(read(text)).toBe(-1);
  });

  it("can stand within a longer text", () => {
    expect(readDottedQuad("::ffff:192.0.2.1", 7, 16)).toBe(0xc0000201);
    expect(readDottedQuad("192.0.2.10", 0, 9)).toBe(0xc0000201);
  });

  it("holds for every value as written part by part", () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)), ([a, b, c, d]) => {
        expect(read(`${a}.${b}.${c}.${d}`)).toBe(a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d);
      }),
    );
  });

  it("is what node:net calls IPv4", () => {
    const part = fc.oneof(fc.nat(300).map(String), fc.string({ unit: fc.constantFrom(..."0123456789 x"), maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 3, maxLength: 5 }), (parts) => {
        const text = parts.join(".");
        expect(read(text) >= 0).toBe(isIPv4(text));
      }),
      { numRuns: 2000 },
    );
  });
});
