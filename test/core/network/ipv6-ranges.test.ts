import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IPv6Words } from "../../../src/core/network/address.js";
import { type IPv6Cidr, parseCidr } from "../../../src/core/network/cidr.js";
import { ipv6Ranges } from "../../../src/core/network/ipv6-ranges.js";

const highest = 2n ** 128n - 1n;
const block = (text: string) => parseCidr(text) as IPv6Cidr;
const toBigInt = (words: IPv6Words) => words.reduce((whole, word) => (whole << 32n) | BigInt(word), 0n);
const toWords = (whole: bigint) => [96n, 64n, 32n, 0n].map((by) => Number((whole >> by) & 0xffffffffn)) as unknown as IPv6Words;
const bounds = ({ base, prefix }: IPv6Cidr) => [toBigInt(base), toBigInt(base) + (1n << BigInt(128 - prefix)) - 1n] as const;

describe("IPv6 blocks", () => {
  it("hold nothing when there are none", () => {
    expect(ipv6Ranges([])([0, 0, 0, 0])).toBe(false);
  });

  it.each([
    "::/0",
    "::/128",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
    "8000::/1",
    "2001:db8::/32",
    "2001:db8::/33",
    "2001:db8:0:1::/64",
    "2001:db8::8000:0:0:0/65",
    "2001:db8::1/128",
  ])("%s holds its first and its last address and neither neighbour", (text) => {
    const has = ipv6Ranges([block(text)]);
    const [first, last] = bounds(block(text));
    expect([has(toWords(first)), has(toWords(last))]).toEqual([true, true]);
    if (first > 0n) expect(has(toWords(first - 1n))).toBe(false);
    if (last < highest) expect(has(toWords(last + 1n))).toBe(false);
  });

  it("may repeat, nest and touch, across words as well", () => {
    const has = ipv6Ranges(
      ["2001:db8:0:1::/64", "2001:db8::/64", "2001:db8:0:2::", "2001:db8::1", "2001:db8::/64", "2001:db8:0:1::7"].map(block),
    );
    const ask = (text: string) => has(block(text).base);
    expect(ask("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff")).toBe(false);
    expect(ask("2001:db8::")).toBe(true);
    expect(ask("2001:db8::ffff:ffff:ffff:ffff")).toBe(true);
    expect(ask("2001:db8:0:1::")).toBe(true);
    expect(ask("2001:db8:0:1:ffff:ffff:ffff:ffff")).toBe(true);
    expect(ask("2001:db8:0:2::")).toBe(true);
    expect(ask("2001:db8:0:2::1")).toBe(false);
  });

  it("answer as a look at every block would", () => {
    const near = fc.oneof(
      fc.bigInt(0n, highest),
      fc.bigInt(0n, 0xffffn),
      fc
        .tuple(fc.nat(7), fc.nat(7), fc.nat(7))
        .map(([a, b, c]) => (0x20010db8n << 96n) | (BigInt(a) << 64n) | (BigInt(b) << 32n) | BigInt(c)),
    );
    const blocks = fc.array(
      fc.tuple(near, fc.oneof(fc.nat(128), fc.integer({ min: 60, max: 66 }), fc.integer({ min: 124, max: 128 }))).map(([whole, prefix]) => {
        const hosts = BigInt(128 - prefix);
        return { family: 6, base: toWords((whole >> hosts) << hosts), prefix } as const;
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(blocks, fc.array(near, { minLength: 10 }), (blocks, values) => {
        const has = ipv6Ranges(blocks);
        const edges = blocks.flatMap(bounds).flatMap((edge) => [edge, edge - 1n, edge + 1n]);
        for (const value of [...values, ...edges.filter((edge) => edge >= 0n && edge <= highest)]) {
          const held = blocks.map(bounds).some(([first, last]) => first <= value && value <= last);
          expect(has(toWords(value))).toBe(held);
        }
      }),
      { numRuns: 300 },
    );
  });
});
