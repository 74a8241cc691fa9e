import * as z from "zod";
import { largestLimit } from "../core/aggregates/aggregate.js";
import { crowdCeiling } from "../core/aggregates/crowd.js";
import type { detectorCatalogue } from "../core/detectors/catalogue.js";
import { durationSchema } from "./duration-schema.js";
import { limitSchema } from "./limit-schema.js";
import type { OptionsOf } from "./options-of.js";
import { readonlyOf } from "./readonly-of.js";

type Catalogue = typeof detectorCatalogue;

/** Detectors that excuse a crowd count beyond their limit, up to where no crowd excuses. */
const mostOfCrowd = Math.floor(largestLimit / crowdCeiling);

/** The options of every detector of the library, as JSON; held to the catalogue as those of the rules are. */
export const detectorOptionSchemas = {
  "brute-force": options(10, { minutes: 15 }, "Failed logins of one account from one source."),
  "password-spraying": options(5, { hours: 1 }, "Distinct accounts that one source failed on.", mostOfCrowd),
  "success-after-failures": options(5, { minutes: 30 }, "Failures of the account from the source since it last got in."),
  "user-enumeration": options(5, { hours: 1 }, "Distinct account names that one source probed.", mostOfCrowd),
} as const satisfies { readonly [Id in keyof Catalogue]: z.ZodType<OptionsOf<Catalogue[Id]>> };

function options(limit: number, within: z.input<typeof durationSchema>, description: string, most: number = largestLimit) {
  return readonlyOf(
    z.strictObject({
      limit: z.exactOptional(limitSchema(most)).meta({ default: limit, description }),
      within: z.exactOptional(durationSchema).meta({ default: within, description: "How far back it looks." }),
    }),
  );
}
