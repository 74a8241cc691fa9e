import { existsSync, readFileSync } from "node:fs";
import { BlockList } from "node:net";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressSet } from "../../../src/core/network/address-set.js";

const set = (...addresses: readonly string[]) => addressSet({ name: "abuse", addresses });

describe("an address set", () => {
  const office = set("192.0.2.0/25", "198.51.100.7", "2001:db8:1::/48", "2001:db8:2::1", "::ffff:203.0.113.0/120");

  it.each([
    ["the first address of a block", "192.0.2.0", true],
    ["the last address of a block", "192.0.2.127", true],
    ["the address after a block", "192.0.2.128", false],
    ["the address before a block", "192.0.1.255", false],
    ["a single address", "198.51.100.7", true],
    ["its neighbour", "198.51.100.8", false],
    ["IPv4-mapped", "::ffff:192.0.2.1", true],
    ["IPv4-mapped in hexadecimal", "::ffff:c000:201", true],
    ["IPv4-mapped with a zone", "::ffff:192.0.2.1%eth0", true],
    ["IPv4-mapped, outside", "::ffff:192.0.2.200", false],
    ["IPv4 in a block written as IPv4-mapped", "203.0.113.200", true],
    ["IPv4-mapped in a block written as IPv4-mapped", "::ffff:203.0.113.200", true],
    ["the IPv4-compatible twin, which is another address", "::192.0.2.1", false],
    ["an IPv6 block", "2001:db8:1:ffff::1", true],
    ["an IPv6 block in another spelling", "2001:0DB8:0001:0:0:0:0:1", true],
    ["the block after", "2001:db8:2::", false],
    ["a single IPv6 address", "2001:db8:2::1", true],
    ["a single IPv6 address with a zone", "2001:db8:2::1%eth0", true],
    ["nothing", "", false],
    ["malformed text", "999.1.1.1", false],
    ["a short form of a member", "192.0.513", false],
    ["a member with a space", " 192.0.2.1", false],
    ["a member with a port", "192.0.2.1:443", false],
    ["a block of its own", "192.0.2.0/25", false],
    ["a megabyte", "1".repeat(1 << 20), false],
  ])("asked for %s (%s): %s", (_, ip, expected) => {
    expect(office.has(ip)).toBe(expected);
  });

  it("does not throw for what is no text", () => {
    for (const value of [undefined, null, 42, {}]) expect(office.has(value as unknown as string)).toBe(false);
  });

  it("masks off the host bits of an entry", () => {
    expect(set("192.0.2.77/24").has("192.0.2.1")).toBe(true);
    expect(set("2001:db8:1:2:3:4:5:6/64").has("2001:db8:1:2::")).toBe(true);
  });

  it("keeps the families apart", () => {
    expect(set("0.0.0.0/0").has("::1")).toBe(false);
    expect(set("::/0").has("192.0.2.1")).toBe(false);
    expect(set("::/0").has("::ffff:192.0.2.1")).toBe(false);
    expect(set("::/0").has("2001:db8::1")).toBe(true);
    expect(set("0.0.0.0/0").has("255.255.255.255")).toBe(true);
  });

  it("carries its name, its age and how many entries were given", () => {
    const { name, size, updatedAt } = addressSet({
      name: "tor",
      addresses: ["192.0.2.1", "192.0.2.1", "192.0.2.0/24"],
      updatedAt: 1_700_000_000_000,
    });
    expect({ name, size, updatedAt }).toEqual({ name: "tor", size: 3, updatedAt: 1_700_000_000_000 });
    expect("updatedAt" in set()).toBe(false);
  });

  it("may be empty and then holds nothing", () => {
    expect(set().size).toBe(0);
    expect(set().has("192.0.2.1")).toBe(false);
    expect(set().has("2001:db8::1")).toBe(false);
  });

  it("does not change with the list it was made from", () => {
    const addresses = ["192.0.2.1"];
    const made = addressSet({ name: "abuse", addresses });
    addresses[0] = "198.51.100.1";
    expect([made.has("192.0.2.1"), made.has("198.51.100.1")]).toEqual([true, false]);
  });
});

describe("a malformed entry", () => {
  it("is named with its list, its index and its text", () => {
    expect(() => set("192.0.2.1", "192.0.2.2", "192.0.2.3", "300.1.1.1/8")).toThrow(
      new RangeError("address list `abuse` entry 3 `300.1.1.1/8`: expected an IPv4 or IPv6 address or CIDR block"),
    );
  });

  it.each(["", "# comment", "192.0.2.0/", "192.0.2.0/33", "2001:db8::/129", "127.1", " 192.0.2.1", "::ffff:192.0.2.0/24"])(
    "%j is refused",
    (entry) => {
      expect(() => set(entry)).toThrow(RangeError);
    },
  );

  it("is cut to 100 characters", () => {
    expect(() => set("x".repeat(1 << 20))).toThrow(`entry 0 \`${"x".repeat(100)}\`: expected`);
  });

  it("stays on one line", () => {
    expect(() => set("192.0.2.1\n198.51.100.1")).toThrow("entry 0 `192.0.2.1\\n198.51.100.1`: expected");
  });

  it("may be no text at all", () => {
    expect(() => addressSet({ name: "abuse", addresses: [undefined as unknown as string] })).toThrow(RangeError);
  });
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])("an age of %d is refused: such a list would never be stale", (updatedAt) => {
  expect(() => addressSet({ name: "abuse", addresses: [], updatedAt })).toThrow(RangeError);
});

describe("membership agrees with node:net BlockList", () => {
  const oracle = (entries: readonly (readonly [string, number])[], family: "ipv4" | "ipv6") => {
    const list = new BlockList();
    for (const [address, prefix] of entries) list.addSubnet(address, prefix, family);
    return (ip: string) => list.check(ip, family);
  };

  it.each([
    [
      "ipv4",
      fc.oneof(
        fc.ipV4(),
        fc.tuple(fc.nat(3), fc.nat(255)).map(([a, b]) => `192.0.${a}.${b}`),
      ),
      32,
    ],
    [
      "ipv6",
      fc.oneof(
        fc.ipV6(),
        fc.tuple(fc.nat(3), fc.nat(0xffff)).map(([a, b]) => `2001:db8:${a}::${b.toString(16)}`),
      ),
      128,
    ],
  ] as const)("for %s", (family, address, longest) => {
    const prefix = fc.oneof(fc.integer({ min: 1, max: longest }), fc.integer({ min: (longest * 3) / 4, max: longest }));
    fc.assert(
      fc.property(fc.array(fc.tuple(address, prefix), { maxLength: 20 }), fc.array(address, { minLength: 5 }), (entries, questions) => {
        const made = set(...entries.map(([address, prefix]) => `${address}/${prefix}`));
        const expected = oracle(entries, family);
        for (const ip of [...questions, ...entries.map(([address]) => address)]) expect(made.has(ip), ip).toBe(expected(ip));
      }),
      { numRuns: 500 },
    );
  });
});

const lists = fileURLToPath(new URL("../../../../shared/data/ip-lists/", import.meta.url));

it.skipIf(!existsSync(lists))("a public list of Tor exits answers as its recorded cases say", () => {
  interface Case {
    readonly list: string;
    readonly ip: string;
    readonly expected: boolean;
    readonly note: string;
  }
  const linesOf = (file: string) => readFileSync(`${lists}${file}`, "utf8").split("\n").filter(Boolean);
  const cases = linesOf("membership_cases.jsonl").map((line): Case => JSON.parse(line));
  const tor = addressSet({ name: "tor", addresses: linesOf("tor-exit-nodes.lst") });
  expect(cases).toHaveLength(50);
  for (const { list, ip, expected, note } of cases) {
    expect(list).toBe("tor-exit-nodes.lst");
    expect(tor.has(ip), `${ip}: ${note}`).toBe(expected);
  }
});
