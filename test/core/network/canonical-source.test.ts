import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalAddress } from "../../../src/core/network/canonical-address.js";
import { canonicalSource } from "../../../src/core/network/canonical-source.js";
import { groups, nearMisses, spelling } from "./spellings.js";

describe("the source that an address counts as", () => {
  it.each([
    ["IPv4 is itself", "192.0.2.1", "192.0.2.1"],
    ["an IPv4-mapped address is IPv4, not a /64 that all of IPv4 would share", "::ffff:192.0.2.1", "192.0.2.1"],
    ["so it is in hexadecimal", "::ffff:c000:201", "192.0.2.1"],
    ["so it is with a zone", "::ffff:1.2.3.4%eth0", "1.2.3.4"],
    ["IPv6 is its /64", "2001:db8:1:2:a:b:c:d", "2001:db8:1:2::/64"],
    ["a neighbour in the same /64 is the same source", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["the next /64 is another", "2001:db8:1:3::1", "2001:db8:1:3::/64"],
    ["zeros before the mask join the gap", "2001:db8::1", "2001:db8::/64"],
    ["zeros at the start stay when the end has more", "0:0:0:1::1", "0:0:0:1::/64"],
    ["a gap that the mask makes", "2001:db8:0:1:1:1:1:1", "2001:db8:0:1::/64"],
    ["upper case and leading zeros go", "2001:0DB8:00AB:000C::1", "2001:db8:ab:c::/64"],
    ["a zone goes", "fe80::1%eth0", "fe80::/64"],
    ["the loopback", "::1", "::/64"],
    ["the unspecified address", "::", "::/64"],
    ["an IPv4-compatible address is IPv6", "::1.2.3.4", "::/64"],
    ["a translated address is the IPv4 that it carries", "64:ff9b::192.0.2.1", "192.0.2.1"],
    ["a prefix of one's own is not guessed at", "64:ff9b:1::192.0.2.1", "64:ff9b:1::/64"],
  ])("%s: %s", (_, ip, source) => {
    expect(canonicalSource(ip)).toBe(source);
  });

  it.each([
    ["a missing address", undefined],
    ["an empty one", ""],
    ["a part out of range", "999.1.1.1"],
    ["a short form", "127.1"],
    ["a hexadecimal form", "0x7f.1"],
    ["an octal-looking form", "192.030.0.6"],
    ["a space before", " 192.0.2.1"],
    ["a line break after", "192.0.2.1\n"],
    ["two gaps", "1::2::3"],
    ["nine groups", "1:2:3:4:5:6:7:8::"],
    ["IPv4 with a port", "192.0.2.1:443"],
    ["a source", "2001:db8::/64"],
    ["a megabyte", "192.0.2.1".repeat(120_000)],
  ])("%s is undefined: no source, no shared bucket, no error", (_, ip) => {
    expect(canonicalSource(ip)).toBeUndefined();
  });

  it.each([null, 42, {}, Number.NaN])("%j, which is no text, is undefined as well", (value) => {
    expect(canonicalSource(value as unknown as string)).toBeUndefined();
  });

  it("is one for every spelling of an address", () => {
    const spelled = groups.chain((groups) => fc.tuple(spelling(groups), spelling(groups)));
    fc.assert(
      fc.property(spelled, ([one, other]) => {
        expect(canonicalSource(one)).toBe(canonicalSource(other));
      }),
    );
  });

  it("is one for two IPv6 addresses exactly when their first 64 bits agree", () => {
    const hex = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(":");
    fc.assert(
      fc.property(groups, groups, fc.boolean(), (a, b, share) => {
        const other = share ? [...a.slice(0, 4), ...b.slice(4)] : b;
        const [one, two] = [canonicalSource(hex(a)), canonicalSource(hex(other))];
        fc.pre(one!.includes(":") && two!.includes(":"));
        expect(one === two).toBe(hex(a.slice(0, 4)) === hex(other.slice(0, 4)));
      }),
    );
  });

  it("is defined exactly when the address has a canonical form, whose source is the same", () => {
    fc.assert(
      fc.property(nearMisses, (text) => {
        expect(canonicalSource(text)).toBe(canonicalSource(canonicalAddress(text)));
      }),
      { numRuns: 5000 },
    );
  });

  it("does not change for IPv4 when made canonical again", () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(canonicalSource(text)).toBe(text);
        expect(canonicalSource(`::ffff:${text}`)).toBe(text);
      }),
    );
  });

  it("holds the first 64 bits of the address and zeros", () => {
    fc.assert(
      fc.property(groups, (groups) => {
        const source = canonicalSource(groups.map((group) => group.toString(16)).join(":"))!;
        fc.pre(source.includes(":"));
        const network = [...groups.slice(0, 4), 0, 0, 0, 0].map((group) => group.toString(16)).join(":");
        expect(source).toBe(`${new URL(`http://[${network}]/`).hostname.slice(1, -1)}/64`);
      }),
    );
  });
});
