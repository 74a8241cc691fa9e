/**
 * The ISO 3166-1 alpha-2 code of a country given as a code or by its English name; text that is neither is given back as it is.
 *
 * Names are those of the Unicode CLDR, with the ISO short names and everyday ones where they differ; case, accents and punctuation do not
 * matter. Withdrawn codes become their successors' (`UK` is `GB`).
 *
 * @example
 * countryCode("North Korea"); //=> "KP"
 * countryCode("de"); //=> "DE"
 * countryCode("Atlantis"); //=> "Atlantis"
 */
export function countryCode(text: string): string {
  if (text.length > 100) return text;
  names ??= countryNames();
  return names.get(text) ?? names.get(plain(text)) ?? text;
}

// some 700 calls of Intl: made when the first name is asked for
let names: ReadonlyMap<string, string> | undefined;

/** Codes that CLDR names but that are no country. */
const groups: ReadonlySet<string> = new Set(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"]);

/** What people and ISO 3166 write where CLDR writes something else. */
const otherNames: { readonly [code: string]: readonly string[] } = {
  BO: ["Bolivia, Plurinational State of"],
  BN: ["Brunei Darussalam"],
  CD: ["DR Congo", "Democratic Republic of the Congo", "Congo, The Democratic Republic of the"],
  CG: ["Republic of the Congo", "Congo"],
  CI: ["Ivory Coast"],
  CV: ["Cabo Verde"],
  CZ: ["Czech Republic"],
  FM: ["Micronesia, Federated States of"],
  GB: ["Great Britain", "United Kingdom of Great Britain and Northern Ireland"],
  HK: ["Hong Kong"],
  IR: ["Iran, Islamic Republic of", "Islamic Republic of Iran"],
  KP: ["DPRK", "Democratic People's Republic of Korea", "Korea, Democratic People's Republic of"],
  KR: ["Republic of Korea", "Korea, Republic of", "Korea"],
  LA: ["Lao People's Democratic Republic"],
  MD: ["Moldova, Republic of", "Republic of Moldova"],
  MK: ["Macedonia"],
  MM: ["Burma", "Myanmar"],
  MO: ["Macao", "Macau"],
  NL: ["Holland"],
  PS: ["Palestine", "Palestine, State of"],
  RU: ["Russian Federation"],
  SY: ["Syrian Arab Republic"],
  SZ: ["Swaziland"],
  TR: ["Turkey"],
  TW: ["Taiwan, Province of China"],
  TZ: ["Tanzania, United Republic of", "United Republic of Tanzania"],
  US: ["USA", "United States of America"],
  VA: ["Holy See"],
  VE: ["Venezuela, Bolivarian Republic of"],
  VN: ["Viet Nam"],
};

function countryNames(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const display = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const successor = new Intl.Locale(`und-${code}`).region ?? code;
    const name = display.of(successor);
    if (name === undefined || groups.has(successor)) continue;
    found.set(code, successor);
    found.set(plain(code), successor);
    found.set(plain(name), successor);
  }
  for (const [code, others] of Object.entries(otherNames)) for (const name of others) found.set(plain(name), code);
  return found;
}

function plain(text: string): string {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("&", " and ").toLowerCase();
  return letters
    .replace(/[^\p{L}]+/gu, " ")
    .replace(/^ ?the /, "")
    .trim();
}
