import type { SpokenAction } from "../model/action.js";
import type { Decision, Degradation, OverruledVerdict, Verdict } from "../model/decision.js";
import type { LoginEvent } from "../model/login-event.js";
import { isSatisfied } from "../model/requirement.js";
import type { Ruling, Spoken } from "../rules/rule.js";
import { overruling } from "./allow-list.js";
import { combine } from "./combine.js";
import { oneLine } from "./one-line.js";
import type { PlanRule } from "./plan.js";
import type { CompiledPolicy } from "./policy.js";
import { passesGate, takeReadings } from "./take-readings.js";
import type { Touch } from "./touch.js";

/**
 * An event among its groups. They are absent while nothing is remembered and nobody is allow-listed, so that a stateless
 * decision costs no keys.
 */
export interface Situation {
  readonly event: LoginEvent;
  readonly touch: Touch | undefined;
  /** What the state itself could not do for this event. */
  readonly degraded: readonly Degradation[];
}

/** Asks every rule of the policy and combines what they say. */
export function judge(compiled: CompiledPolicy, situation: Situation): Decision {
  const judges = compiled.plan.judges[situation.event.kind];
  return judgeBy(situation.event.outcome === "pending" ? judges.before : judges.always, compiled, situation);
}

/** Asks some of its rules only. */
export function judgeBy(rules: readonly PlanRule[], compiled: CompiledPolicy, situation: Situation): Decision {
  const { event } = situation;
  let hearing: Hearing | undefined;
  let next = 0;
  while (next < rules.length) {
    // one guard for all rules: entered again only behind a rule that threw
    try {
      for (; next < rules.length; next++) {
        const planned = rules[next]!;
        const ruling = ask(planned, situation);
        if (ruling === undefined) continue;
        hearing ??= openHearing();
        hear(hearing, compiled, planned, ruling, situation);
      }
    } catch (error) {
      hearing ??= openHearing();
      hearFailure(hearing, compiled, rules[next]!, error, event);
      next++;
    }
  }
  if (situation.degraded.length > 0) {
    hearing ??= openHearing();
    hearState(hearing, situation);
  }
  return hearing === undefined ? compiled.silence : combine(hearing, compiled);
}

function ask(planned: PlanRule, { touch, event }: Situation): Ruling {
  const { rule, reads, gates, empty } = planned;
  if (reads.length === 0) return rule.evaluate(empty, event);
  if (rule.gated(event) && (touch === undefined || !passesGate(gates, touch, event))) return undefined;
  return rule.evaluate(touch === undefined ? empty : takeReadings(planned, touch, event, "without-event"), event);
}

/** What has been said so far. A list that nothing was added to is the one empty list. */
interface Hearing {
  verdicts: readonly Verdict[];
  overruled: readonly OverruledVerdict[];
  shadow: readonly Verdict[];
  degraded: readonly Degradation[];
}

const none: readonly never[] = Object.freeze([]);

function openHearing(): Hearing {
  return { verdicts: none, overruled: none, shadow: none, degraded: none };
}

/** Adds to a list of a hearing, which only the hearing holds so far. */
function added<T>(list: readonly T[], item: T): readonly T[] {
  if (list === none) return [item];
  (list as T[]).push(item);
  return list;
}

function hear(
  hearing: Hearing,
  compiled: CompiledPolicy,
  planned: PlanRule,
  ruling: Exclude<Ruling, undefined>,
  situation: Situation,
): void {
  if (isSeveral(ruling)) {
    for (const each of ruling) file(hearing, compiled, planned, verdictOf(planned, each, situation.event), situation);
    return;
  }
  if (ruling.says !== "MISSING") {
    file(hearing, compiled, planned, verdictOf(planned, ruling, situation.event), situation);
    return;
  }
  const rule = planned.rule.id;
  const speaks = compiled.onMissing[planned.position]!;
  const degradation: Degradation = { kind: "missing-field", rule, detail: ruling.field, did: planned.shadow ? "ABSTAIN" : speaks };
  hearing.degraded = added(hearing.degraded, degradation);
  if (speaks !== "ABSTAIN") {
    const spoken: Spoken = { says: speaks, facts: { missing: ruling.field }, until: undefined, require: undefined };
    file(hearing, compiled, planned, verdictOf(planned, spoken, situation.event), situation);
  }
}

/** `Array.isArray` does not tell readonly arrays apart. */
function isSeveral(ruling: Exclude<Ruling, undefined>): ruling is readonly Spoken[] {
  return Array.isArray(ruling);
}

function verdictOf({ rule }: PlanRule, { says, facts, until, require }: Spoken, event: LoginEvent): Verdict {
  const asked = says === "CHALLENGE" ? (require ?? (rule.phase === "before" ? "captcha" : "mfa")) : undefined;
  if (asked !== undefined && isSatisfied(asked, event))
    return { rule: rule.id, action: says, facts, ...(until === undefined ? {} : { until }), require: asked, satisfied: true };
  if (asked !== undefined)
    return until === undefined
      ? { rule: rule.id, action: says, facts, require: asked }
      : { rule: rule.id, action: says, facts, until, require: asked };
  return until === undefined ? { rule: rule.id, action: says, facts } : { rule: rule.id, action: says, facts, until };
}

/** Puts a verdict where it belongs: noted only, overruled by an allow-list entry, or counted. */
function file(hearing: Hearing, compiled: CompiledPolicy, { rule, shadow }: PlanRule, verdict: Verdict, { touch, event }: Situation): void {
  if (shadow) {
    hearing.shadow = added(hearing.shadow, verdict);
    return;
  }
  if (compiled.allow.length > 0 && touch !== undefined) {
    const allowedBy = overruling(compiled.allow, rule.id, touch.identity, event.source.ip);
    if (allowedBy !== undefined) {
      hearing.overruled = added(hearing.overruled, { ...verdict, allowedBy });
      return;
    }
  }
  hearing.verdicts = added(hearing.verdicts, verdict);
}

function hearFailure(hearing: Hearing, compiled: CompiledPolicy, { rule, shadow }: PlanRule, error: unknown, event: LoginEvent): void {
  const did = shadow ? "ABSTAIN" : compiled.onFailure;
  hearing.degraded = added(hearing.degraded, { kind: "rule-error", rule: rule.id, detail: oneLine(error), did });
  if (did !== "ABSTAIN") hearing.verdicts = added(hearing.verdicts, stopgap(rule.id, did, { failed: true }, event));
}

function hearState(hearing: Hearing, { degraded, event }: Situation): void {
  for (const degradation of degraded) {
    hearing.degraded = added(hearing.degraded, degradation);
    const { kind, did } = degradation;
    if (did === "ABSTAIN") continue;
    const verdict = stopgap(kind === "memory-full" ? "memory" : "guard", did, stopgapFacts(kind), event);
    hearing.verdicts = added(hearing.verdicts, verdict);
  }
}

function stopgapFacts(kind: Degradation["kind"]): Verdict["facts"] {
  return kind === "memory-full" ? { full: true } : { cause: kind };
}

/** What speaks in place of a rule or a memory. Once the credential is known to be right, a further factor is what can still be asked. */
function stopgap(rule: string, action: SpokenAction, facts: Verdict["facts"], event: LoginEvent): Verdict {
  if (action !== "CHALLENGE") return { rule, action, facts };
  const verdict: Verdict = { rule, action, facts, require: event.outcome === "success" ? "mfa" : "captcha" };
  return isSatisfied("mfa", event) || isSatisfied("captcha", event) ? { ...verdict, satisfied: true } : verdict;
}
