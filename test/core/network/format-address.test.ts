import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Address, parseAddress } from "../../../src/core/network/address.js";
import { formatAddress } from "../../../src/core/network/format-address.js";

const word = fc.oneof(fc.constantFrom(0, 1, 0xffff, 0x10000, 0xffffffff), fc.nat(0xffffffff));
const ipv4: fc.Arbitrary<Address> = word.map((value) => ({ family: 4, value }));
const ipv6: fc.Arbitrary<Address> = fc.tuple(word, word, word, word).map((words) => ({ family: 6, words }));

describe("the canonical text", () => {
  it.each<[string, Address, string]>([
    ["IPv4 is a dotted quad", { family: 4, value: 0xc0000201 }, "192.0.2.1"],
    ["IPv4 keeps its zeros", { family: 4, value: 0 }, "0.0.0.0"],
    ["all zeros", { family: 6, words: [0, 0, 0, 0] }, "::"],
    ["zeros at the start", { family: 6, words: [0, 0, 0, 1] }, "::1"],
    ["zeros at the end", { family: 6, words: [0x20010db8, 0, 0, 0] }, "2001:db8::"],
    ["the longest run is shortened", { family: 6, words: [0x20010000, 0x00010000, 0, 1] }, "2001:0:1::1"],
    ["of equal runs the first is shortened", { family: 6, words: [0x20010db8, 0, 0x00010000, 1] }, "2001:db8::1:0:0:1"],
    [
      "a single zero group is not shortened",
      { family: 6, words: [0x20010db8, 0x00000001, 0x00010001, 0x00010001] },
      "2001:db8:0:1:1:1:1:1",
    ],
    ["no zero group at all", { family: 6, words: [0x20010db8, 0x10002, 0xa000b, 0xc000d] }, "2001:db8:1:2:a:b:c:d"],
    ["embedded IPv4 is written in hexadecimal", { family: 6, words: [0x64ff9b, 0, 0, 0xc0000201] }, "64:ff9b::c000:201"],
  ])("%s", (_, address, text) => {
    expect(formatAddress(address)).toBe(text);
  });

  it("reads back as the same address, IPv4-mapped aside", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (address) => {
        fc.pre(address.family === 4 || address.words[0] !== 0 || address.words[1] !== 0 || address.words[2] !== 0xffff);
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
      { numRuns: 2000 },
    );
  });

  it("is what URL writes", () => {
    fc.assert(
      fc.property(ipv6, (address) => {
        const text = formatAddress(address);
        expect(`[${text}]`).toBe(new URL(`http://[${text}]/`).hostname);
      }),
      { numRuns: 2000 },
    );
  });
});
