import * as z from "zod";
import { fallbackSchema } from "./fallback-schema.js";
import { ruleIdSchema } from "./rule-id-schema.js";
import { ruleOptionSchemas } from "./rule-option-schemas.js";
import { spokenActionSchema } from "./spoken-action-schema.js";

const mode = z
  .exactOptional(z.enum(["enforce", "shadow", "off"]))
  .meta({ default: "enforce", description: "Whether the rule's word counts, is only noted, or is not asked for." });

const shared = {
  mode,
  onMissing: z
    .exactOptional(fallbackSchema)
    .describe("What speaks when the event lacks a field that the rule needs; the rule's own choice by default."),
  id: z.exactOptional(ruleIdSchema).describe("Another id, so that one policy can hold a rule twice."),
};

type RuleId = keyof typeof ruleOptionSchemas;

/** A rule of the library with its options. */
function libraryRule<Id extends RuleId>(rule: Id) {
  return z.strictObject({
    rule: z.literal(rule),
    options: z.exactOptional(ruleOptionSchemas[rule]),
    ...shared,
  });
}

const [firstRule, ...otherRules] = (Object.keys(ruleOptionSchemas) as RuleId[]).map(libraryRule);

/** A rule that is made elsewhere, in code or in the default policy, and takes no options here. */
function sealedRule(rule: z.ZodType<string, string>) {
  return z.strictObject({ rule, ...shared });
}

const whileDetectedRule = z
  .strictObject({
    whileDetected: ruleIdSchema.describe("A detector of this policy."),
    action: spokenActionSchema.describe("What is said while its pattern holds."),
    ...shared,
  })
  .describe("Speaks while a detector's pattern holds, so that recognising an attack prevents the rest of it.");

const error = "expected a rule such as { rule: ..., options: {...} } or { whileDetected: ..., action: ... }";

/** An entry of a policy's `rules`, `sealed` being the ids of the rules that are made elsewhere. */
export function ruleEntrySchema(sealed: readonly string[]) {
  const rules = z.discriminatedUnion("rule", [firstRule!, ...otherRules, sealedRule(z.enum(sealed))]);
  return z.union([rules, whileDetectedRule], { error });
}

/** The same for an editor, which cannot know the rules that are made in code. */
export function openRuleEntrySchema() {
  const known = Object.keys(ruleOptionSchemas);
  const elsewhere = ruleIdSchema.meta({
    not: { enum: known },
    description: "A rule that is made in code, or a `while-` rule of the default policy.",
  });
  return z.union([firstRule!, ...otherRules, sealedRule(elsewhere), whileDetectedRule], { error });
}
