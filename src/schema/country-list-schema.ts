import * as z from "zod";
import { quote } from "./quote.js";

const country = z.string().regex(/^[A-Za-z]{2}$/, {
  error: ({ input }) => `expected an ISO 3166-1 alpha-2 code such as \`NO\`, got ${quote(String(input))}`,
});

/** ISO 3166-1 alpha-2 codes, in either case of letters. */
export const countryListSchema = z.array(country);
