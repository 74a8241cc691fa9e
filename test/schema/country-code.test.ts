import { describe, expect, it } from "vitest";
import { countryCode } from "../../src/schema/country-code.js";

describe("countryCode", () => {
  it.each([
    ["NO", "NO"],
    ["no", "NO"],
    ["UK", "GB"],
    ["Norway", "NO"],
    ["  norway ", "NO"],
    ["North Korea", "KP"],
    ["South Korea", "KR"],
    ["Russia", "RU"],
    ["Russian Federation", "RU"],
    ["USA", "US"],
    ["United States", "US"],
    ["The United States of America", "US"],
    ["United Kingdom", "GB"],
    ["Iran", "IR"],
    ["Iran, Islamic Republic of", "IR"],
    ["Côte d’Ivoire", "CI"],
    ["Cote d'Ivoire", "CI"],
    ["Türkiye", "TR"],
    ["Turkey", "TR"],
    ["Trinidad and Tobago", "TT"],
    ["Trinidad & Tobago", "TT"],
    ["Viet Nam", "VN"],
    ["Kosovo", "XK"],
  ])("%s is %s", (text, code) => expect(countryCode(text)).toBe(code));

  it.each(["Atlantis", "", "Unknown", "XX", "ZZ", "EU", "T1", "Q", "__proto__", "constructor"])("%j is left as it is", (text) => {
    expect(countryCode(text)).toBe(text);
  });

  it("leaves a text of a million characters alone", () => {
    const long = "norway ".repeat(150_000);
    expect(countryCode(long)).toBe(long);
  });
});
