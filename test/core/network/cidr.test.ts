import { describe, expect, it } from "vitest";
import { parseCidr } from "../../../src/core/network/cidr.js";

const ipv4 = (base: number, prefix: number) => ({ family: 4, base, prefix });
const ipv6 = (base: readonly number[], prefix: number) => ({ family: 6, base, prefix });

describe("a CIDR block", () => {
  it.each([
    ["a block", "192.0.2.0/24", ipv4(0xc0000200, 24)],
    ["host bits are masked off", "192.0.2.255/25", ipv4(0xc0000280, 25)],
    ["a single IPv4 address is a /32", "192.0.2.1", ipv4(0xc0000201, 32)],
    ["all of IPv4", "0.0.0.0/0", ipv4(0, 0)],
    ["host bits of /0", "192.0.2.1/0", ipv4(0, 0)],
    ["the upper half", "192.0.2.1/1", ipv4(0x80000000, 1)],
    ["a single IPv6 address is a /128", "2001:db8::1", ipv6([0x20010db8, 0, 0, 1], 128)],
    ["an IPv6 block", "2001:db8::/32", ipv6([0x20010db8, 0, 0, 0], 32)],
    ["a prefix within the second word", "2001:db8:ffff:ffff::/33", ipv6([0x20010db8, 0x80000000, 0, 0], 33)],
    ["a prefix at the edge of two words", "2001:db8:1:2:3:4:5:6/64", ipv6([0x20010db8, 0x10002, 0, 0], 64)],
    ["a prefix within the third word", "2001:db8:1:2:ffff:4:5:6/65", ipv6([0x20010db8, 0x10002, 0x80000000, 0], 65)],
    ["a prefix within the last word", "2001:db8::ffff/127", ipv6([0x20010db8, 0, 0, 0xfffe], 127)],
    ["all of IPv6", "2001:db8::/0", ipv6([0, 0, 0, 0], 0)],
    ["an IPv4-mapped block is IPv4, less 96", "::ffff:192.0.2.0/120", ipv4(0xc0000200, 24)],
    ["an IPv4-mapped block in hexadecimal", "::ffff:c000:2ff/121", ipv4(0xc0000280, 25)],
    ["an IPv4-mapped address", "::ffff:192.0.2.1", ipv4(0xc0000201, 32)],
    ["all of IPv4, mapped", "::ffff:0:0/96", ipv4(0, 0)],
    ["a zone is dropped", "fe80::1%eth0/64", ipv6([0xfe800000, 0, 0, 0], 64)],
  ])("%s: %s", (_, text, expected) => {
    expect(parseCidr(text)).toEqual(expected);
  });

  it.each([
    ["nothing", ""],
    ["a slash", "/"],
    ["no address", "/24"],
    ["no number", "192.0.2.0/"],
    ["a word for a number", "192.0.2.0/x"],
    ["a negative prefix", "192.0.2.0/-1"],
    ["a signed prefix", "192.0.2.0/+24"],
    ["a fraction", "192.0.2.0/24.0"],
    ["an exponent", "192.0.2.0/1e1"],
    ["a leading zero", "192.0.2.0/08"],
    ["a netmask", "192.0.2.0/255.255.255.0"],
    ["two prefixes", "192.0.2.0/24/24"],
    ["an IPv4 prefix of 33", "192.0.2.0/33"],
    ["an IPv6 prefix of 129", "2001:db8::/129"],
    ["an IPv6 prefix of four digits", "2001:db8::/0064"],
    ["a bad address", "300.1.1.1/8"],
    ["a short address", "192.0.2/24"],
    ["a space before the slash", "192.0.2.0 /24"],
    ["a space after the slash", "192.0.2.0/ 24"],
    ["a space after", "192.0.2.0/24 "],
    ["a comment", "# 192.0.2.0/24"],
    ["an IPv4-mapped block wider than IPv4", "::ffff:192.0.2.0/95"],
    ["an IPv4-mapped block with an IPv4 prefix", "::ffff:192.0.2.0/24"],
    ["full-width digits", "192.0.2.0/２４"],
    ["a megabyte", "1".repeat(1 << 20)],
    ["a prefix of a megabyte", `192.0.2.0/${"2".repeat(1 << 20)}`],
  ])("%s is malformed", (_, text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});
