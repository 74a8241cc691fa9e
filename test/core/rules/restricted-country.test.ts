import { describe, expect, it } from "vitest";
import { restrictedCountry } from "../../../src/core/rules/restricted-country.js";
import { describeRule, login, passwordReset, registration, unlock } from "../../../src/testing/public.js";

const from = (country?: string) => ({ source: country === undefined ? { ip: "192.0.2.1" } : { ip: "192.0.2.1", country } });
const denied = restrictedCountry({ deny: ["KP", "ir"], unknown: "ABSTAIN" });
const allowed = restrictedCountry({ allow: ["NO", "se"], unknown: "FLAG" });

describeRule(denied, {
  abstains: {
    "a country that is on no deny list": { event: login("success", from("NO")) },
    "a country on the allow list": { rule: allowed, event: login("success", from("SE")) },
    "in small letters": { rule: allowed, event: login("success", from("no")) },
    "an unknown country, where that was chosen": { event: login("success", from()), missing: "source.country" },
    "no list, and so no opinion, not even on an unknown country": { rule: restrictedCountry(), event: login("success", from()) },
    "an unlock has no country to be restricted": { event: unlock(from("KP")) },
  },
  speaks: {
    "on the deny list, before the credential check": {
      event: login("pending", from("KP")),
      says: "BLOCK",
      facts: { country: "KP", list: "on the deny list" },
      until: null,
      explains: "logins from KP are restricted: it is on the deny list",
    },
    "small letters on both sides": { event: login("success", from("ir")), says: "BLOCK", facts: { country: "IR" } },
    "not on the allow list": {
      rule: allowed,
      event: login("success", from("DK")),
      says: "BLOCK",
      explains: "logins from DK are restricted: it is not on the allow list",
    },
    "an empty allow list lets no country in": {
      rule: restrictedCountry({ allow: [], unknown: "BLOCK" }),
      event: login("success", from("NO")),
      says: "BLOCK",
    },
    "no country": { rule: allowed, event: login("success", from()), says: "FLAG", facts: { missing: "source.country" } },
    "XX means unknown": { rule: allowed, event: login("success", from("XX")), says: "FLAG", facts: { missing: "source.country" } },
    "ZZ means unknown": { rule: allowed, event: login("success", from("ZZ")), says: "FLAG", facts: { missing: "source.country" } },
    "T1 (Tor) means unknown": { rule: allowed, event: login("success", from("t1")), says: "FLAG", facts: { missing: "source.country" } },
    "malformed means unknown": { rule: allowed, event: login("success", from("NOR")), says: "FLAG", facts: { missing: "source.country" } },
    "a registration": { event: registration("success", from("KP")), says: "BLOCK" },
    "a password reset": { event: passwordReset("success", from("KP")), says: "BLOCK" },
  },
});

describe("restrictedCountry refuses", () => {
  it("both lists", () => {
    // @ts-expect-error: the types refuse it too
    expect(() => restrictedCountry({ deny: ["KP"], allow: ["NO"], unknown: "FLAG" })).toThrow("not both");
  });

  it.each(["", "Norway", "NOR", "XX", "T1"])("`%s` on a list", (code) => {
    expect(() => restrictedCountry({ deny: [code], unknown: "FLAG" })).toThrow(RangeError);
  });

  it("a choice not made", () => {
    // @ts-expect-error: `unknown` has no default
    restrictedCountry({ deny: ["KP"] });
  });
});
