import type { Policy } from "../core/engine/policy.js";
import { defaultPolicy } from "../core/policies/default.js";
import { ruleCatalogue } from "../core/rules/catalogue.js";
import { buildPolicy } from "./build-policy.js";
import { wordPolicyIssue } from "./expected.js";
import { InputError } from "./input-error.js";
import { inputIssues } from "./input-issues.js";
import { assertKnownParts, type KnownParts } from "./known-parts.js";
import { parseJson } from "./parse-json.js";
import { policySchema } from "./policy-schema.js";

/**
 * Reads a policy from parsed JSON.
 *
 * @param known rules and detectors of your own that the file may name by their ids
 * @throws InputError `invalid-policy`, with the path of each thing that is wrong; RangeError when two known parts have one id.
 * @example
 * const policy = parsePolicy({ id: "mine", extends: "default", rules: [{ rule: "missing-mfa", mode: "shadow" }] });
 * policy.modes; //=> { "missing-mfa": "shadow" }
 */
export function parsePolicy(json: unknown, known: KnownParts = {}): Policy {
  assertKnownParts(known);
  const read = schemaFor(known).safeParse(json, { error: wordPolicyIssue, reportInput: true });
  if (!read.success) throw new InputError("invalid-policy", inputIssues(read.error.issues));
  return buildPolicy(read.data, known);
}

/**
 * Reads a policy from the text of a policy file.
 *
 * @throws InputError as `parsePolicy` does, and `invalid-json` with line and column when the text is no JSON.
 */
export function parsePolicyText(text: string, known: KnownParts = {}): Policy {
  return parsePolicy(parseJson(text), known);
}

/** The schema that knows these parts by their ids. */
function schemaFor({ rules = [], detectors = [] }: KnownParts): ReturnType<typeof policySchema> {
  if (rules.length > 0 || detectors.length > 0) return policySchema([...idsOf(rules), ...rulesOfDefault()], idsOf(detectors));
  libraryOnly ??= policySchema(rulesOfDefault(), []);
  return libraryOnly;
}

// making a schema takes some milliseconds, so the one that most files need is kept
let libraryOnly: ReturnType<typeof policySchema> | undefined;

/** The default policy's rules that are not in the catalogue: its `while-` rules. */
function rulesOfDefault(): readonly string[] {
  return idsOf(defaultPolicy.rules).filter((id) => !Object.hasOwn(ruleCatalogue, id));
}

function idsOf(parts: readonly { readonly id: string }[]): readonly string[] {
  return parts.map(({ id }) => id);
}
