import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../src/core/network/address.js";
import { groups, nearMisses, spelling, wordsOf } from "./spellings.js";

const ipv4 = (value: number) => ({ family: 4, value });
const ipv6 = (...words: number[]) => ({ family: 6, words });

describe("the text of an address", () => {
  it.each([
    ["a dotted quad", "192.0.2.1", ipv4(0xc0000201)],
    ["the lowest IPv4 address", "0.0.0.0", ipv4(0)],
    ["the highest IPv4 address", "255.255.255.255", ipv4(0xffffffff)],
    ["the unspecified IPv6 address", "::", ipv6(0, 0, 0, 0)],
    ["the IPv6 loopback", "::1", ipv6(0, 0, 0, 1)],
    ["a gap at the end", "2001:db8::", ipv6(0x20010db8, 0, 0, 0)],
    ["a gap in the middle", "2001:db8::1", ipv6(0x20010db8, 0, 0, 1)],
    ["a gap for one group at the end", "1:2:3:4:5:6:7::", ipv6(0x10002, 0x30004, 0x50006, 0x70000)],
    ["a gap for one group at the start", "::2:3:4:5:6:7:8", ipv6(2, 0x30004, 0x50006, 0x70008)],
    ["a gap for one group in the middle", "1:2:3::5:6:7:8", ipv6(0x10002, 0x30000, 0x50006, 0x70008)],
    ["all eight groups", "2001:db8:1:2:a:b:c:d", ipv6(0x20010db8, 0x10002, 0xa000b, 0xc000d)],
    ["leading zeros of a group", "2001:0db8:0000::0001", ipv6(0x20010db8, 0, 0, 1)],
    ["upper case", "2001:DB8::ABCD", ipv6(0x20010db8, 0, 0, 0xabcd)],
    ["the highest IPv6 address", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", ipv6(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff)],
    ["an embedded dotted quad", "64:ff9b::192.0.2.1", ipv6(0x64ff9b, 0, 0, 0xc0000201)],
    ["an embedded dotted quad after six groups", "1:2:3:4:5:6:192.0.2.1", ipv6(0x10002, 0x30004, 0x50006, 0xc0000201)],
    ["an embedded dotted quad after five groups and a gap", "1:2:3:4:5::192.0.2.1", ipv6(0x10002, 0x30004, 0x50000, 0xc0000201)],
    ["an IPv4-compatible address, which is not an IPv4-mapped one", "::1.2.3.4", ipv6(0, 0, 0, 0x01020304)],
    ["a zone", "fe80::1%eth0", ipv6(0xfe800000, 0, 0, 1)],
    ["a zone with a dot, a colon and a hyphen", "fe80::1%br-lan.100:1", ipv6(0xfe800000, 0, 0, 1)],
    ["a zone with an underscore, which node:net refuses", "fe80::1%br_lan", ipv6(0xfe800000, 0, 0, 1)],
    ["an IPv4-mapped address is IPv4", "::ffff:192.0.2.1", ipv4(0xc0000201)],
    ["an IPv4-mapped address in hexadecimal is IPv4", "::ffff:c000:201", ipv4(0xc0000201)],
    ["an IPv4-mapped address in full is IPv4", "0000:0000:0000:0000:0000:FFFF:C000:0201", ipv4(0xc0000201)],
    ["an IPv4-mapped address with a zone is IPv4", "::ffff:1.2.3.4%eth0", ipv4(0x01020304)],
    ["an IPv4-mapped prefix one group too far left is IPv6", "::ffff:0:192.0.2.1", ipv6(0, 0, 0xffff0000, 0xc0000201)],
  ])("%s: %s", (_, text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  it.each([
    ["nothing", ""],
    ["a space before", " 192.0.2.1"],
    ["a line break after", "192.0.2.1\n"],
    ["a space before IPv6", " ::1"],
    ["a line break after IPv6", "::1\n"],
    ["a NUL after", "192.0.2.1\0"],
    ["a word", "localhost"],
    ["an IPv4 part out of range", "999.1.1.1"],
    ["a short IPv4 form", "127.1"],
    ["a hexadecimal IPv4 form", "0x7f.1"],
    ["IPv4 as one number", "3221225985"],
    ["full-width digits", "１９２.０.２.１"],
    ["full-width digits in IPv6", "２００１:db8::1"],
    ["two gaps", "1::2::3"],
    ["a gap of three colons", "1:::2"],
    ["three colons", ":::"],
    ["one colon", ":"],
    ["a single colon before", ":1:2:3:4:5:6:7:8"],
    ["a single colon after", "1:2:3:4:5:6:7:8:"],
    ["a single colon after a gap", "1::2:"],
    ["seven groups", "1:2:3:4:5:6:7"],
    ["nine groups", "1:2:3:4:5:6:7:8:9"],
    ["a gap that stands for nothing, at the end", "1:2:3:4:5:6:7:8::"],
    ["a gap that stands for nothing, at the start", "::1:2:3:4:5:6:7:8"],
    ["a gap that stands for nothing, in the middle", "1:2:3:4::5:6:7:8"],
    ["a group of five digits", "2001:db8::00001"],
    ["a digit beyond f", "2001:db8::g"],
    ["an embedded dotted quad before the end", "::192.0.2.1:1"],
    ["an embedded dotted quad before a gap", "192.0.2.1::"],
    ["an embedded dotted quad after seven groups", "1:2:3:4:5:6:7:192.0.2.1"],
    ["an embedded dotted quad out of range", "::ffff:192.0.2.256"],
    ["an embedded dotted quad with a leading zero", "::ffff:192.0.2.01"],
    ["an embedded short form", "::ffff:127.1"],
    ["an empty zone", "fe80::1%"],
    ["two zones", "fe80::1%a%b"],
    ["a zone with a space", "fe80::1%eth 0"],
    ["a zone with a slash", "fe80::1%eth0/64"],
    ["a zone and no address", "%eth0"],
    ["a zone on IPv4", "192.0.2.1%eth0"],
    ["IPv4 with a port", "192.0.2.1:443"],
    ["IPv6 in brackets", "[2001:db8::1]"],
    ["IPv6 in brackets with a port", "[2001:db8::1]:443"],
    ["a block", "192.0.2.0/24"],
    ["a megabyte of digits", "1".repeat(1 << 20)],
    ["a megabyte of colons", ":".repeat(1 << 20)],
    ["a zone of a megabyte", `fe80::1%${"a".repeat(1 << 20)}`],
  ])("%s is malformed", (_, text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it("may have 100 characters and no more", () => {
    const longest = `fe80::1%${"a".repeat(92)}`;
    expect(parseAddress(longest)).toBeDefined();
    expect(parseAddress(`${longest}a`)).toBeUndefined();
  });

  it.each([undefined, null, 3221225985, {}, []])("%j, which is no text, is malformed and does not throw", (value) => {
    expect(parseAddress(value as unknown as string)).toBeUndefined();
  });

  it("means the same in every spelling", () => {
    const spelled = groups.chain((groups) => fc.tuple(fc.constant(groups), spelling(groups)));
    fc.assert(
      fc.property(spelled, ([groups, text]) => {
        const words = wordsOf(groups);
        const mapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
        expect(parseAddress(text)).toEqual(mapped ? ipv4(words[3]!) : ipv6(...words));
      }),
      { numRuns: 2000 },
    );
  });

  it("is an address exactly when node:net says so, near misses included", () => {
    fc.assert(
      fc.property(nearMisses, (text) => {
        const address = parseAddress(text);
        expect(address !== undefined, text).toBe(isIP(text) !== 0);
        if (isIP(text) === 4) expect(address?.family).toBe(4);
      }),
      { numRuns: 20_000 },
    );
  });
});
