import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type IPv4Cidr, parseCidr } from "../../../src/core/network/cidr.js";
import { ipv4Ranges } from "../../../src/core/network/ipv4-ranges.js";

const block = (text: string) => parseCidr(text) as IPv4Cidr;
const bounds = ({ base, prefix }: IPv4Cidr) => [base, base + 2 ** (32 - prefix) - 1] as const;

describe("IPv4 blocks", () => {
  it("hold nothing when there are none", () => {
    expect(ipv4Ranges([])(0)).toBe(false);
  });

  it.each(["0.0.0.0/0", "0.0.0.0/32", "255.255.255.255/32", "128.0.0.0/1", "192.0.2.0/24", "192.0.2.128/25"])(
    "%s holds its first and its last address and neither neighbour",
    (text) => {
      const has = ipv4Ranges([block(text)]);
      const [first, last] = bounds(block(text));
      expect([has(first), has(last)]).toEqual([true, true]);
      if (first > 0) expect(has(first - 1)).toBe(false);
      if (last < 0xffffffff) expect(has(last + 1)).toBe(false);
    },
  );

  it("may repeat, nest and touch", () => {
    const has = ipv4Ranges(["192.0.2.0/25", "192.0.2.128/25", "192.0.2.0/24", "192.0.2.7", "192.0.2.0/25", "192.0.3.0"].map(block));
    expect([0xc00001ff, 0xc0000200, 0xc000027f, 0xc0000280, 0xc00002ff, 0xc0000300, 0xc0000301].map(has)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it("may reach across many slots of the index", () => {
    const singles = Array.from({ length: 5000 }, (_, at) => block(`203.0.${at >> 8}.${at & 255}`).base - 2 * at);
    const has = ipv4Ranges([block("64.0.0.0/2"), ...singles.map((base): IPv4Cidr => ({ family: 4, base, prefix: 32 }))]);
    expect([0x3fffffff, 0x40000000, 0x55555555, 0x7fffffff, 0x80000000].map(has)).toEqual([false, true, true, true, false]);
    expect(singles.every(has)).toBe(true);
  });

  it("answer as a look at every block would", () => {
    const near = fc.oneof(
      fc.nat(0xffffffff),
      fc.nat(0xffff),
      fc.nat(0xffff).map((low) => 0xc0000000 + low),
    );
    const blocks = fc.array(
      fc.tuple(near, fc.nat(32)).map(([value, prefix]): IPv4Cidr => ({ family: 4, base: value - (value % 2 ** (32 - prefix)), prefix })),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(blocks, fc.array(near, { minLength: 10 }), (blocks, values) => {
        const has = ipv4Ranges(blocks);
        const edges = blocks.flatMap(bounds).flatMap((edge) => [edge, edge - 1, edge + 1]);
        for (const value of [...values, ...edges.filter((edge) => edge >= 0 && edge <= 0xffffffff)]) {
          const held = blocks.map(bounds).some(([first, last]) => first <= value && value <= last);
          expect(has(value)).toBe(held);
        }
      }),
      { numRuns: 500 },
    );
  });
});
