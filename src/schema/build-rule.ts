import type { Detector } from "../core/detectors/detector.js";
import { whileDetected } from "../core/engine/while-detected.js";
import { ruleCatalogue } from "../core/rules/catalogue.js";
import { type Rule, renamed } from "../core/rules/rule.js";
import { wordPolicyIssue } from "./expected.js";
import { inputIssues } from "./input-issues.js";
import type { IssueLog } from "./issue-log.js";
import type { PolicyFile } from "./policy-schema.js";
import { quote } from "./quote.js";
import { ruleOptionSchemas } from "./rule-option-schemas.js";

/** An entry of a policy file's `rules`. */
export type RuleEntry = NonNullable<PolicyFile["rules"]>[number];

/** What an entry can refer to: rules that are made elsewhere, and the detectors of the policy. */
export interface Surroundings {
  readonly sealed: readonly Rule[];
  readonly detectors: readonly Detector[];
}

/** Makes the rule of one entry under the id that the entry gives it; `undefined` when it cannot be made, with the reason in the log. */
export function buildRule(entry: RuleEntry, index: number, around: Surroundings, log: IssueLog): Rule | undefined {
  const rule = "whileDetected" in entry ? whileRule(entry, index, around, log) : namedRule(entry, index, around, log);
  return rule === undefined || entry.id === undefined ? rule : renamed(rule, entry.id);
}

type WhileEntry = Extract<RuleEntry, { readonly whileDetected: string }>;
type NamedEntry = Exclude<RuleEntry, WhileEntry>;

function whileRule({ whileDetected: id, action }: WhileEntry, index: number, { detectors }: Surroundings, log: IssueLog): Rule | undefined {
  const detector = detectors.find((candidate) => candidate.id === id);
  if (detector !== undefined) return log.attempt(`rules[${index}].whileDetected`, () => whileDetected(detector, action));
  const ids = detectors.length === 0 ? "it has none" : `one of ${detectors.map((candidate) => candidate.id).join(", ")}`;
  log.add({ path: `rules[${index}].whileDetected`, message: `expected a detector of this policy (${ids}), got ${quote(id)}` });
  return undefined;
}

function namedRule(entry: NamedEntry, index: number, { sealed }: Surroundings, log: IssueLog): Rule | undefined {
  const { rule: id } = entry;
  if (!isOfCatalogue(id)) {
    const rule = sealed.find((candidate) => candidate.id === id);
    if (rule === undefined)
      log.add({ path: `rules[${index}].rule`, message: `expected { "extends": "default" } to use its rule ${quote(id)}` });
    return rule;
  }
  const options = "options" in entry ? entry.options : undefined;
  if (options === undefined && entry.mode !== "off") {
    const read = ruleOptionSchemas[id].safeParse({}, { error: wordPolicyIssue, reportInput: true });
    if (!read.success) for (const issue of inputIssues(read.error.issues, ["rules", index, "options"])) log.add(issue);
  }
  // the schema of this very id has read the options
  const factory: (options?: never) => Rule = ruleCatalogue[id];
  return log.attempt(`rules[${index}].options`, () => factory(options as never));
}

function isOfCatalogue(id: string): id is keyof typeof ruleCatalogue {
  return Object.hasOwn(ruleCatalogue, id);
}
