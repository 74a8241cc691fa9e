import * as z from "zod";
import { detectorOptionSchemas } from "./detector-option-schemas.js";
import { ruleIdSchema } from "./rule-id-schema.js";

const shared = {
  mode: z.exactOptional(z.literal("off")).describe("`off` leaves it out: the way to switch off a detector of the default policy."),
};

type DetectorId = keyof typeof detectorOptionSchemas;

/** A detector of the library with its options. */
function libraryDetector<Id extends DetectorId>(detector: Id) {
  return z.strictObject({
    detector: z.literal(detector),
    options: z.exactOptional(detectorOptionSchemas[detector]),
    ...shared,
  });
}

const [firstDetector, ...otherDetectors] = (Object.keys(detectorOptionSchemas) as DetectorId[]).map(libraryDetector);

/** A detector that is made in code and takes no options here. */
function sealedDetector(detector: z.ZodType<string, string>) {
  return z.strictObject({ detector, ...shared });
}

/** An entry of a policy's `detectors`, `sealed` being the ids of the detectors that are made in code. */
export function detectorEntrySchema(sealed: readonly string[]) {
  const made = sealed.length === 0 ? [] : [sealedDetector(z.enum(sealed))];
  return z.discriminatedUnion("detector", [firstDetector!, ...otherDetectors, ...made]);
}

/** The same for an editor, which cannot know the detectors that are made in code. */
export function openDetectorEntrySchema() {
  const known = Object.keys(detectorOptionSchemas);
  const elsewhere = ruleIdSchema.meta({ not: { enum: known }, description: "A detector that is made in code." });
  return z.union([firstDetector!, ...otherDetectors, sealedDetector(elsewhere)]);
}
