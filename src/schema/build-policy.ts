import { prepareAllowList } from "../core/engine/allow-list.js";
import { definePolicy, type Policy, type PolicyDefinition } from "../core/engine/policy.js";
import { createDefaultPolicy, type DefaultPolicyOptions } from "../core/policies/default.js";
import type { Rule } from "../core/rules/rule.js";
import { buildDetectors } from "./build-detectors.js";
import { buildRule } from "./build-rule.js";
import { given } from "./given.js";
import { type IssueLog, issueLog } from "./issue-log.js";
import type { KnownParts } from "./known-parts.js";
import type { PolicyFile } from "./policy-schema.js";

/**
 * Makes the policy that a policy file describes.
 *
 * @throws InputError for what a schema cannot see: limits at odds, two rules of one id, a detector that is not there.
 */
export function buildPolicy(file: PolicyFile, known: KnownParts): Policy {
  const log = issueLog("invalid-policy");
  const listed = buildDetectors(file.detectors ?? [], known, log);
  log.settle();
  const base = file.extends === undefined ? undefined : createDefaultPolicy(defaultOptions(file));
  const named = new Set(file.detectors?.map(({ detector }) => detector));
  const detectors = [...(base?.detectors.filter(({ id }) => !named.has(id)) ?? []), ...listed];

  const sealed = [...(known.rules ?? []), ...(base?.rules ?? [])];
  const made = (file.rules ?? []).map((entry, index) => ({ entry, rule: buildRule(entry, index, { sealed, detectors }, log) }));
  refuseTwins(
    made.map(({ rule }) => rule),
    log,
  );
  log.settle();
  const own = made.flatMap(({ entry, rule }) => (rule === undefined ? [] : [{ entry, rule }]));
  const replaced = new Set(own.map(({ rule }) => rule.id));
  const rules = [...(base?.rules.filter(({ id }) => !replaced.has(id)) ?? []), ...own.map(({ rule }) => rule)];

  const allow = file.allow ?? [];
  for (const [index, entry] of allow.entries()) log.attempt(`allow[${index}]`, () => prepareAllowList([entry], rules));
  log.settle();
  const definition: PolicyDefinition = {
    id: file.id,
    rules,
    detectors,
    modes: Object.fromEntries(own.flatMap(({ entry, rule }) => (entry.mode === undefined ? [] : [[rule.id, entry.mode]]))),
    onMissing: Object.fromEntries(own.flatMap(({ entry, rule }) => (entry.onMissing === undefined ? [] : [[rule.id, entry.onMissing]]))),
    allow,
    ...given({ version: file.version, onFailure: file.onFailure, withoutChallenge: file.withoutChallenge }),
  };
  const policy = log.attempt("", () => definePolicy(definition));
  log.settle();
  // settle has thrown when it could not be made
  return policy!;
}

/** The options of detectors go to the default policy, because its rules use these detectors too. It names them in camel case. */
function defaultOptions({ detectors = [] }: PolicyFile): DefaultPolicyOptions {
  const options = detectors.flatMap((entry) => ("options" in entry ? [[camelCase(entry.detector), entry.options]] : []));
  return Object.fromEntries(options) as DefaultPolicyOptions;
}

function camelCase(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function refuseTwins(rules: readonly (Rule | undefined)[], log: IssueLog): void {
  const ids = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    if (rule === undefined) continue;
    if (ids.has(rule.id))
      log.add({ path: `rules[${index}]`, message: `two rules are called \`${rule.id}\`, expected another \`id\` for one of them` });
    ids.add(rule.id);
  }
}
