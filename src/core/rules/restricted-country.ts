import type { SpokenAction } from "../model/action.js";
import { abstain, block, defineRule, missing, type Rule } from "./rule.js";

/** What happens to a login whose country nobody knows. There is no default: both answers hurt someone, so it is chosen. */
export interface UnknownCountry {
  readonly unknown: SpokenAction | "ABSTAIN";
}

/** Which countries may log in: a deny list or an allow list of ISO 3166-1 alpha-2 codes, in either case of letters. */
export type RestrictedCountryOptions =
  | ({ readonly deny: readonly string[]; readonly allow?: never } & UnknownCountry)
  | ({ readonly allow: readonly string[]; readonly deny?: never } & UnknownCountry);

/**
 * BLOCKs logins from countries on a deny list, or from any not on an allow list.
 *
 * A country that is missing, malformed, or a code that means "unknown" (`XX`, `ZZ`; `T1` is no country either) is what `unknown` says. Country data is
 * often wrong (FIELD: mobile median error 179 km), so keep an allow-list entry for travellers. Without a list the rule is not in the plan.
 *
 * @throws RangeError for both lists or a code that is not two letters.
 * @example
 * restrictedCountry({ deny: ["kp"], unknown: "FLAG" }).onMissing; //=> "FLAG"
 */
export function restrictedCountry(options?: RestrictedCountryOptions): Rule {
  if (options?.allow !== undefined && options.deny !== undefined)
    throw new RangeError("`restricted-country`: expected a deny list or an allow list, not both");
  const list = options?.allow ?? options?.deny;
  const listed = new Set((list ?? []).map(countryCode));
  const allowed = options?.allow !== undefined;
  return defineRule({
    id: "restricted-country",
    summary: "A login comes from a country that may not log in.",
    phase: "before",
    kinds: ["login", "registration", "password-reset"],
    overrulable: true,
    configured: list !== undefined,
    onMissing: options?.unknown ?? "ABSTAIN",
    reads: {},
    evaluate(_, { source }) {
      const { country: written } = source;
      if (written === undefined) return missing("source.country");
      let country = written;
      if (!isCountry(country)) {
        country = written.toUpperCase();
        if (!isCountry(country)) return missing("source.country");
      }
      return listed.has(country) === allowed ? abstain : block({ country, list: allowed ? "not on the allow list" : "on the deny list" });
    },
    explain: ({ country, list }) => `logins from ${country} are restricted: it is ${list}`,
  });
}

/** Two capital letters; asked of every login, so without a regular expression. */
function isCode(text: string): boolean {
  if (text.length !== 2) return false;
  const first = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  return first >= 0x41 && first <= 0x5a && second >= 0x41 && second <= 0x5a;
}

function isCountry(code: string): boolean {
  return isCode(code) && code !== "XX" && code !== "ZZ";
}

function countryCode(text: string): string {
  const code = text.toUpperCase();
  if (code === "UK") throw new RangeError("`restricted-country`: `UK` is no code of ISO 3166-1, expected `GB`");
  if (!isCountry(code))
    throw new RangeError(`\`restricted-country\`: expected an ISO 3166-1 alpha-2 code such as \`NO\`, got \`${text.slice(0, 100)}\``);
  return code;
}
