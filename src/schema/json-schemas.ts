import * as z from "zod";
import { openDetectorEntrySchema } from "./detector-entry-schema.js";
import { eventSchema } from "./event-schema.js";
import { policySchemaOf } from "./policy-schema.js";
import { openRuleEntrySchema } from "./rule-entry-schema.js";

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * The JSON Schema of an event, as `parseEvent` reads it.
 *
 * @example
 * eventJsonSchema().title; //=> "Login event"
 */
export function eventJsonSchema(): JsonSchema {
  return jsonSchemaOf(eventSchema, "urn:portcullis:schema:event");
}

/**
 * The JSON Schema of a policy file, as `parsePolicy` reads it, so that an editor completes the ids of rules, their options and words.
 * Ids that the library does not know pass without options: they may be rules that are made in code.
 *
 * @example
 * policyJsonSchema().$schema; //=> "https://json-schema.org/draft/2020-12/schema"
 */
export function policyJsonSchema(): JsonSchema {
  return jsonSchemaOf(policySchemaOf(openRuleEntrySchema(), openDetectorEntrySchema()), "urn:portcullis:schema:policy");
}

function jsonSchemaOf(schema: z.ZodType, $id: string): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", override: ({ jsonSchema }) => dropImpossible(jsonSchema) });
  return { $schema, $id, ...rest };
}

/** Drops properties that nothing fits, which an editor would offer; objects that forbid them forbid every other key anyway. */
function dropImpossible({ properties, additionalProperties }: z.core.JSONSchema.BaseSchema): void {
  if (properties === undefined || additionalProperties !== false) return;
  for (const [key, property] of Object.entries(properties)) {
    if (typeof property === "object" && JSON.stringify(property.not) === "{}") delete properties[key];
  }
}
