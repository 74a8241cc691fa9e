import * as z from "zod";
import type { ruleCatalogue } from "../core/rules/catalogue.js";
import { addressListSchema } from "./address-list-schema.js";
import { countryListSchema } from "./country-list-schema.js";
import { durationSchema } from "./duration-schema.js";
import { fallbackSchema } from "./fallback-schema.js";
import { limitSchema } from "./limit-schema.js";
import type { OptionsOf } from "./options-of.js";
import { readonlyOf } from "./readonly-of.js";
import { spokenActionSchema } from "./spoken-action-schema.js";

type Catalogue = typeof ruleCatalogue;

const unknown = fallbackSchema.describe(
  "What happens to a login whose country nobody knows. There is no default: both answers hurt someone.",
);

/**
 * The options of every rule of the library, as JSON. The one place where they are written down for policy files: the compiler holds
 * it to the catalogue, and a type test holds each output to the options of its factory.
 */
export const ruleOptionSchemas = {
  "disabled-account": readonlyOf(z.strictObject({})),

  "failed-attempts": readonlyOf(
    z.strictObject({
      flagAt: z.exactOptional(limitSchema()).meta({ default: 5, description: "Failures of the account from one source that FLAG." }),
      blockAt: z
        .exactOptional(limitSchema())
        .meta({ default: 10, description: "Failures of the account from one source that BLOCK the pair." }),
      within: z
        .exactOptional(durationSchema)
        .meta({ default: { minutes: 15 }, description: "How long a failure counts for the pair of account and source." }),
      challengeAccountAt: z
        .exactOptional(limitSchema())
        .meta({ default: 20, description: "Failures of the account from everywhere that CHALLENGE." }),
      accountWithin: z
        .exactOptional(durationSchema)
        .meta({ default: { hours: 1 }, description: "How long a failure counts for the account as a whole." }),
    }),
  ),

  "failed-proofs": readonlyOf(
    z.strictObject({
      blockAt: z
        .exactOptional(limitSchema())
        .meta({ default: 10, description: "Failed proofs of a further factor, by account or by familiar device, that BLOCK." }),
      within: z.exactOptional(durationSchema).meta({ default: { minutes: 15 }, description: "How long a failed proof counts." }),
    }),
  ),

  "malicious-ip": readonlyOf(
    z.strictObject({
      lists: readonlyOf(z.array(addressListSchema)).describe("Lists of malicious addresses, each with its name and, where known, its age."),
      action: z.exactOptional(spokenActionSchema).meta({ default: "BLOCK", description: "What is said of an address on a list." }),
    }),
  ),

  "missing-mfa": readonlyOf(
    z.strictObject({
      action: z.exactOptional(spokenActionSchema).meta({ default: "FLAG", description: "What is said of an ordinary account." }),
      privilegedAction: z
        .exactOptional(spokenActionSchema)
        .meta({ description: "What is said of a privileged account; as `action` by default." }),
    }),
  ),

  "restricted-country": z.union(
    [
      readonlyOf(
        z.strictObject({
          deny: readonlyOf(countryListSchema).describe("Countries that may not log in: ISO 3166-1 alpha-2 codes."),
          allow: z.exactOptional(z.never()),
          unknown,
        }),
      ),
      readonlyOf(
        z.strictObject({
          allow: readonlyOf(
            countryListSchema.min(1, { error: "expected at least one country: an empty allow list would block every login" }),
          ).describe("The only countries that may log in: ISO 3166-1 alpha-2 codes."),
          deny: z.exactOptional(z.never()),
          unknown,
        }),
      ),
    ],
    { error: "expected a deny list or an allow list, and `unknown`: { deny: [...], unknown: ... } or { allow: [...], unknown: ... }" },
  ),

  "service-account": readonlyOf(
    z.strictObject({
      action: z
        .exactOptional(spokenActionSchema)
        .meta({ default: "BLOCK", description: "What is said of interactive use of a service account." }),
    }),
  ),
} as const satisfies { readonly [Id in keyof Catalogue]: z.ZodType<OptionsOf<Catalogue[Id]>> };
