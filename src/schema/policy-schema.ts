import * as z from "zod";
import { allowEntrySchema } from "./allow-entry-schema.js";
import { detectorEntrySchema } from "./detector-entry-schema.js";
import { fallbackSchema } from "./fallback-schema.js";
import { isSound } from "./is-sound.js";
import { nameSchema } from "./name-schema.js";
import { ruleEntrySchema } from "./rule-entry-schema.js";

/** The schema of a policy file, given those of its rules and detectors. */
export function policySchemaOf<Rule extends z.ZodType, Detector extends z.ZodType>(rule: Rule, detector: Detector) {
  return z
    .strictObject({
      $schema: z.exactOptional(z.string()).describe("Where an editor finds the JSON Schema of this file."),
      id: nameSchema.describe("What the policy is called in every decision."),
      version: z.exactOptional(nameSchema).meta({ default: "1", description: "Which version of it, in every decision." }),
      extends: z
        .exactOptional(z.literal("default"))
        .describe("Starts from the rules and detectors of the default policy; entries of the same id replace theirs."),
      rules: z.exactOptional(z.array(rule)).describe("The rules, in any order: the strictest verdict wins."),
      detectors: z.exactOptional(z.array(detector)).describe("The detectors, which raise alerts and can be used by `whileDetected` rules."),
      allow: z.exactOptional(z.array(allowEntrySchema)).describe("Who is not stopped by what."),
      onFailure: z
        .exactOptional(fallbackSchema)
        .meta({ default: "CHALLENGE", description: "What speaks for a rule that threw or a memory that is full." }),
      withoutChallenge: z
        .exactOptional(z.enum(["FLAG", "BLOCK"]))
        .describe("For an application that cannot challenge: what a CHALLENGE counts as."),
    })
    .refine((file) => file.rules !== undefined || file.extends !== undefined, {
      path: ["rules"],
      error: 'expected a list of rules, or { "extends": "default" }',
      when: isSound,
    })
    .meta({
      title: "portcullis policy",
      description: "Rules, detectors and who is not stopped by what. `parsePolicy` reads it.",
      anyOf: [{ required: ["rules"] }, { required: ["extends"] }],
    });
}

/** The schema of a policy file; rules and detectors that are made elsewhere are named by their ids. */
export function policySchema(sealedRules: readonly string[], sealedDetectors: readonly string[]) {
  return policySchemaOf(ruleEntrySchema(sealedRules), detectorEntrySchema(sealedDetectors));
}

/** A policy file as it was read. */
export type PolicyFile = z.output<ReturnType<typeof policySchema>>;
