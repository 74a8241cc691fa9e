import type { AccountAlias } from "../aggregates/identity.js";
import type { Detector } from "../detectors/detector.js";
import type { SpokenAction } from "../model/action.js";
import type { Decision, Verdict } from "../model/decision.js";
import type { Rule } from "../rules/rule.js";
import { type AllowEntry, type PreparedAllowEntry, prepareAllowList } from "./allow-list.js";
import { compilePlan } from "./compile-plan.js";
import type { Plan } from "./plan.js";

/** Whether a rule's word counts, is only noted, or is not asked for. */
export type Mode = "enforce" | "shadow" | "off";

/** What a policy is made of. */
export interface PolicyDefinition {
  /** Named in every decision. */
  readonly id: string;
  /** Named in every decision; `"1"` by default. */
  readonly version?: string;
  readonly rules: readonly Rule[];
  readonly detectors?: readonly Detector[];
  /** Rule id -> mode; `enforce` where none is given. */
  readonly modes?: { readonly [rule: string]: Mode };
  /** What speaks for a rule that threw or a memory that is full; `CHALLENGE` by default, never an accident. */
  readonly onFailure?: SpokenAction | "ABSTAIN";
  /** Rule id -> what speaks when the rule lacks a field; the rule's own choice where none is given. */
  readonly onMissing?: { readonly [rule: string]: SpokenAction | "ABSTAIN" };
  /** Who is not stopped by what. */
  readonly allow?: readonly AllowEntry[];
  /** For an application that cannot challenge: what a CHALLENGE counts as. The verdict keeps its word. */
  readonly withoutChallenge?: "FLAG" | "BLOCK";
  /** Which account names are one account; called with the canonical name. */
  readonly alias?: AccountAlias;
}

/** Rules, detectors and modes, checked and compiled. Made by `definePolicy`; immutable. */
export interface Policy {
  readonly id: string;
  readonly version: string;
  readonly rules: readonly Rule[];
  readonly detectors: readonly Detector[];
  readonly modes: { readonly [rule: string]: Mode };
  /** @internal */
  readonly compiled: CompiledPolicy;
}

/** @internal What the engine runs. */
export interface CompiledPolicy {
  readonly plan: Plan;
  readonly onFailure: SpokenAction | "ABSTAIN";
  /** Beside `plan.rules`. */
  readonly onMissing: readonly (SpokenAction | "ABSTAIN")[];
  readonly allow: readonly PreparedAllowEntry[];
  readonly withoutChallenge: "FLAG" | "BLOCK" | undefined;
  readonly alias: AccountAlias | undefined;
  readonly policy: Decision["policy"];
  /** The decision when nobody has anything to say: made once. */
  readonly silence: Decision;
}

/**
 * Checks and compiles a policy.
 *
 * @throws RangeError or TypeError naming what is wrong: two rules of one id, a mode for a rule that is not there, one name with two
 * meanings, an allow-list entry that matches everybody or overrules what cannot be.
 * @example
 * const policy = definePolicy({ id: "mine", rules: [disabledAccount(), failedAttempts({ blockAt: 5, flagAt: 3 })] });
 * policy.version; //=> "1"
 */
export function definePolicy(definition: PolicyDefinition): Policy {
  const { id, version = "1", rules, detectors = [], modes = {}, onMissing = {} } = definition;
  if (typeof id !== "string" || id === "") throw new TypeError("expected a policy id");
  assertUnique("rule", rules);
  assertUnique("detector", detectors);
  assertKnown("modes", Object.keys(modes), rules);
  assertKnown("onMissing", Object.keys(onMissing), rules);
  const running = rules
    .filter((rule) => rule.configured && modeOf(modes, rule) !== "off")
    .sort(byId)
    .map((rule) => ({ rule, shadow: modeOf(modes, rule) === "shadow" }));
  const policy = { id, version };
  const nobody: readonly Verdict[] = Object.freeze([]);
  const compiled: CompiledPolicy = {
    plan: compilePlan(running, [...detectors].sort(byId)),
    onFailure: spoken("onFailure", definition.onFailure ?? "CHALLENGE"),
    onMissing: running.map(({ rule }) => (Object.hasOwn(onMissing, rule.id) ? spoken("onMissing", onMissing[rule.id]) : rule.onMissing)),
    allow: prepareAllowList(definition.allow ?? [], rules, definition.alias),
    withoutChallenge: folded(definition.withoutChallenge),
    alias: definition.alias,
    policy,
    silence: Object.freeze({
      action: "ALLOW",
      verdicts: nobody,
      overruled: Object.freeze([]),
      shadow: nobody,
      degraded: Object.freeze([]),
      policy,
    }),
  };
  return Object.freeze({ id, version, rules: [...rules], detectors: [...detectors], modes: { ...modes }, compiled });
}

/** Refuses what untyped code may hand in. */
function spoken(where: string, action: SpokenAction | "ABSTAIN" | undefined): SpokenAction | "ABSTAIN" {
  if (action === "ABSTAIN" || action === "FLAG" || action === "CHALLENGE" || action === "BLOCK") return action;
  throw new TypeError(`\`${where}\`: expected ABSTAIN, FLAG, CHALLENGE or BLOCK`);
}

function folded(action: "FLAG" | "BLOCK" | undefined): "FLAG" | "BLOCK" | undefined {
  if (action === undefined || action === "FLAG" || action === "BLOCK") return action;
  throw new TypeError("`withoutChallenge`: expected FLAG or BLOCK");
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function modeOf(modes: { readonly [rule: string]: Mode }, rule: Rule): Mode {
  const mode = Object.hasOwn(modes, rule.id) ? modes[rule.id] : "enforce";
  if (mode !== "enforce" && mode !== "shadow" && mode !== "off")
    throw new TypeError(`mode of rule \`${rule.id}\`: expected enforce, shadow or off`);
  return mode;
}

function assertUnique(what: string, members: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const { id } of members) {
    if (seen.has(id)) throw new RangeError(`two ${what}s are called \`${id}\`: give one of them another id`);
    seen.add(id);
  }
}

function assertKnown(where: string, ids: readonly string[], rules: readonly Rule[]): void {
  for (const id of ids) {
    if (!rules.some((rule) => rule.id === id)) throw new RangeError(`\`${where}\` names \`${id}\`, which is no rule of this policy`);
  }
}
