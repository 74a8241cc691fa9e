import { describe, expect, it } from "vitest";
import { maliciousIp } from "../../../src/core/rules/malicious-ip.js";
import { days, describeRule, login, passwordReset, registration, unlock } from "../../../src/testing/public.js";

const abuse = maliciousIp({ lists: [{ name: "abuse", addresses: ["192.0.2.0/25", "2001:db8:bad::/48", "203.0.113.7"] }] });
const aged = maliciousIp({ lists: [{ name: "abuse", addresses: ["192.0.2.9"], updatedAt: days(10) }] });

describeRule(abuse, {
  abstains: {
    "an address on no list": { event: login("success", { ip: "198.51.100.1" }) },
    "the first address after the block": { event: login("success", { ip: "192.0.2.128" }) },
    "a neighbour of a single address": { event: login("success", { ip: "203.0.113.8" }) },
    "the IPv6 block next door": { event: login("success", { ip: "2001:db8:bae::1" }) },
    "no address": { event: login("success", { source: {} }), missing: "source.ip" },
    "a malformed address cannot be judged": { event: login("success", { ip: "999.1.1.1" }), missing: "source.ip" },
    "no list, and so no opinion, not even on a missing address": { rule: maliciousIp(), event: login("success", { source: {} }) },
    "an unlock": { event: unlock({ ip: "192.0.2.9" }) },
  },
  speaks: {
    "the last address of the block, before the credential check": {
      event: login("pending", { ip: "192.0.2.127" }),
      says: "BLOCK",
      facts: { list: "abuse", address: "192.0.2.127" },
      until: null,
      explains: "192.0.2.127 is on the list abuse",
    },
    "IPv6, in its one spelling": {
      event: login("success", { ip: "2001:0DB8:0BAD:0000::0001" }),
      says: "BLOCK",
      facts: { address: "2001:db8:bad::1" },
    },
    "an IPv4 address written as IPv6": {
      event: login("success", { ip: "::ffff:192.0.2.9" }),
      says: "BLOCK",
      facts: { address: "192.0.2.9" },
    },
    "a list of a day ago, less a millisecond": {
      rule: aged,
      event: login("success", { ip: "192.0.2.9", at: days(11) - 1 }),
      says: "BLOCK",
      facts: { listAgeDays: 0 },
      explains: "192.0.2.9 is on the list abuse, 0 days old",
    },
    "a list of a day ago": {
      rule: aged,
      event: login("success", { ip: "192.0.2.9", at: days(11) }),
      says: "BLOCK",
      facts: { listAgeDays: 1 },
    },
    "a list newer than the event": {
      rule: aged,
      event: login("success", { ip: "192.0.2.9", at: days(9) }),
      says: "BLOCK",
      facts: { listAgeDays: 0 },
    },
    "the first list that knows the address is named": {
      rule: maliciousIp({
        lists: [
          { name: "quiet", addresses: ["198.51.100.0/24"] },
          { name: "loud", addresses: ["192.0.2.9"] },
        ],
      }),
      event: login("success", { ip: "192.0.2.9" }),
      says: "BLOCK",
      facts: { list: "loud" },
    },
    "anonymisers are only told": {
      rule: maliciousIp({ lists: [{ name: "tor exits", addresses: ["192.0.2.9"] }], action: "FLAG" }),
      event: login("success", { ip: "192.0.2.9" }),
      says: "FLAG",
    },
    "a registration": { event: registration("success", { ip: "192.0.2.9" }), says: "BLOCK" },
    "a password reset": { event: passwordReset("success", { ip: "192.0.2.9" }), says: "BLOCK" },
  },
});

describe("maliciousIp refuses", () => {
  it.each(["999.1.1.1", "192.0.2.0/33", "127.1", "example.org", ""])("`%s` on a list, naming the list", (address) => {
    expect(() => maliciousIp({ lists: [{ name: "abuse", addresses: [address] }] })).toThrow(/abuse/);
  });
});
