import type { SpokenAction } from "../model/action.js";
import type { Decision, Degradation, OverruledVerdict, Verdict } from "../model/decision.js";
import type { LoginEvent } from "../model/login-event.js";
import type { Ruling, Spoken } from "../rules/rule.js";
import { overruling } from "./allow-list.js";
import type { Binding } from "./binding.js";
import { combine } from "./combine.js";
import { oneLine } from "./one-line.js";
import type { PlanRule } from "./plan.js";
import type { CompiledPolicy } from "./policy.js";
import { takeReadings } from "./take-readings.js";
import { identifyEvent, type Touch } from "./touch.js";

/** An event among its groups. Both are absent while nothing is remembered, so that a stateless decision costs no keys. */
export interface Situation {
  readonly event: LoginEvent;
  readonly touch: Touch | undefined;
  readonly binding: Binding | undefined;
  /** What the state itself could not do for this event. */
  readonly degraded: readonly Degradation[];
}

/** Asks every rule of the policy and combines what they say. */
export function judge(compiled: CompiledPolicy, situation: Situation): Decision {
  const { rules } = compiled.plan;
  const { event } = situation;
  let hearing: Hearing | undefined;
  let next = 0;
  while (next < rules.length) {
    // one guard for all rules: entered again only behind a rule that threw
    try {
      for (; next < rules.length; next++) {
        const planned = rules[next]!;
        const { rule } = planned;
        if (event.outcome === "pending" && rule.phase === "after") continue;
        if (!rule.kinds.includes(event.kind)) continue;
        const ruling = rule.evaluate(readingsFor(planned, situation), event);
        if (ruling === undefined) continue;
        hearing ??= openHearing();
        hear(hearing, compiled, next, ruling, situation);
      }
    } catch (error) {
      hearing ??= openHearing();
      hearFailure(hearing, compiled, rules[next]!, error);
      next++;
    }
  }
  if (situation.degraded.length > 0) {
    hearing ??= openHearing();
    hearState(hearing, situation.degraded);
  }
  return hearing === undefined ? compiled.silence : combine(hearing, compiled);
}

/** What has been said so far. */
interface Hearing {
  readonly verdicts: Verdict[];
  readonly overruled: OverruledVerdict[];
  readonly shadow: Verdict[];
  readonly degraded: Degradation[];
}

function openHearing(): Hearing {
  return { verdicts: [], overruled: [], shadow: [], degraded: [] };
}

function readingsFor(planned: PlanRule, { touch, binding, event }: Situation): PlanRule["empty"] {
  if (touch === undefined || binding === undefined || planned.reads.length === 0) return planned.empty;
  return takeReadings(planned, touch, binding, event, "without-event");
}

function hear(hearing: Hearing, compiled: CompiledPolicy, index: number, ruling: Exclude<Ruling, undefined>, situation: Situation): void {
  const planned = compiled.plan.rules[index]!;
  if (ruling.says !== "MISSING") return file(hearing, compiled, planned, verdictOf(planned, ruling), situation);
  const did = planned.shadow ? "ABSTAIN" : compiled.onMissing[index]!;
  hearing.degraded.push({ kind: "missing-field", rule: planned.rule.id, detail: ruling.field, did });
  const speaks = compiled.onMissing[index]!;
  if (speaks !== "ABSTAIN")
    file(hearing, compiled, planned, { rule: planned.rule.id, action: speaks, facts: { missing: ruling.field } }, situation);
}

function verdictOf({ rule }: PlanRule, { says, facts, until, require }: Spoken): Verdict {
  const asked = says === "CHALLENGE" ? (require ?? (rule.phase === "before" ? "captcha" : "mfa")) : undefined;
  if (asked !== undefined)
    return until === undefined
      ? { rule: rule.id, action: says, facts, require: asked }
      : { rule: rule.id, action: says, facts, until, require: asked };
  return until === undefined ? { rule: rule.id, action: says, facts } : { rule: rule.id, action: says, facts, until };
}

/** Puts a verdict where it belongs: noted only, overruled by an allow-list entry, or counted. */
function file(hearing: Hearing, compiled: CompiledPolicy, { rule, shadow }: PlanRule, verdict: Verdict, { touch, event }: Situation): void {
  if (shadow) {
    hearing.shadow.push(verdict);
    return;
  }
  if (compiled.allow.length > 0) {
    const identity = touch?.identity ?? identifyEvent(event, compiled.alias).identity;
    const allowedBy = overruling(compiled.allow, rule.id, identity, event.source.ip);
    if (allowedBy !== undefined) {
      hearing.overruled.push({ ...verdict, allowedBy });
      return;
    }
  }
  hearing.verdicts.push(verdict);
}

function hearFailure(hearing: Hearing, compiled: CompiledPolicy, { rule, shadow }: PlanRule, error: unknown): void {
  const did = shadow ? "ABSTAIN" : compiled.onFailure;
  hearing.degraded.push({ kind: "rule-error", rule: rule.id, detail: oneLine(error), did });
  if (did !== "ABSTAIN") hearing.verdicts.push(stopgap(rule.id, did, { failed: true }));
}

function hearState(hearing: Hearing, degraded: readonly Degradation[]): void {
  for (const degradation of degraded) {
    hearing.degraded.push(degradation);
    if (degradation.did !== "ABSTAIN") hearing.verdicts.push(stopgap("memory", degradation.did, { full: true }));
  }
}

function stopgap(rule: string, action: SpokenAction, facts: Verdict["facts"]): Verdict {
  return action === "CHALLENGE" ? { rule, action, facts, require: "captcha" } : { rule, action, facts };
}
