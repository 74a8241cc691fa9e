import type { ReadingsOf, Reads } from "../core/aggregates/reads.js";
import { definePolicy } from "../core/engine/policy.js";
import type { SpokenAction } from "../core/model/action.js";
import type { Decision, Verdict } from "../core/model/decision.js";
import type { Facts } from "../core/model/facts.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { Rule } from "../core/rules/rule.js";
import { createState } from "../core/state/login-state.js";
import { advance } from "../core/verbs/advance.js";
import { evaluateLogin } from "../core/verbs/evaluate-login.js";
import { track } from "../core/verbs/track.js";
import { askTwice, isSame } from "./ask-twice.js";
import { checkExplanation, checkFacts, checkWords, describeFacts } from "./check-words.js";
import { hostileEvents } from "./hostile-events.js";

/** One event put to a rule. */
export interface RuleCase {
  /** The rule with options of this case; the described one by default. */
  readonly rule?: Rule;
  /** What is remembered when the event comes. */
  readonly history?: Iterable<LoginEvent>;
  /** The event that is judged. */
  readonly event: LoginEvent;
}

/** An event on which a rule says nothing. */
export interface AbstainingCase extends RuleCase {
  /** The field for want of which it cannot judge; by default it must be able to. */
  readonly missing?: string;
}

/** An event on which a rule speaks. */
export interface SpeakingCase extends RuleCase {
  readonly says: SpokenAction;
  /** Some of the facts it must give. */
  readonly facts?: Facts;
  /** When the verdict must lift, epoch milliseconds; `null` when it must not lift by itself. */
  readonly until?: number | null;
  /** The words it must have for its facts. */
  readonly explains?: string;
}

/** @throws Error unless the rule keeps silent, soundly. */
export function checkAbstains(rule: Rule, { history, event, missing }: AbstainingCase): void {
  const { decision } = put(rule, history, event);
  const [verdict] = decision.verdicts;
  if (verdict !== undefined) throw new Error(`expected silence, got ${verdict.action} (${describeFacts(verdict.facts)})`);
  const field = decision.degraded.find(({ kind }) => kind === "missing-field")?.detail;
  if (field !== missing) throw new Error(`expected ${want(missing)}, got ${want(field)}`);
}

/** @throws Error unless the rule speaks as expected, soundly, within its limits, and has words for it. */
export function checkSpeaks(rule: Rule, { history, event, says, facts, until, explains }: SpeakingCase): void {
  const { decision, readings } = put(rule, history, event);
  const [verdict] = decision.verdicts;
  if (verdict === undefined) throw new Error(`expected ${says}, got silence`);
  if (verdict.action !== says) throw new Error(`expected ${says}, got ${verdict.action} (${describeFacts(verdict.facts)})`);
  checkFacts(verdict.facts, facts ?? {});
  checkLift(verdict, event, until);
  if (typeof verdict.facts.missing === "string") return;
  checkExplanation(checkWords(verdict.facts, rule.explain), explains);
  checkLimits(rule, verdict, event, readings);
}

/** @throws Error when the rule throws, or is not pure, on any of the `hostileEvents`, each put to an empty memory and to one full of them. */
export function checkHostile(rule: Rule): void {
  const watched = watch(rule);
  const policy = definePolicy({ id: "testing", rules: [watched.rule] });
  let state = createState();
  for (const event of hostileEvents()) {
    assertSound(evaluateLogin(event, createState(), policy), event);
    const next = advance(event, state, policy);
    assertSound(next.decision, event);
    for (const { facts } of next.decision.verdicts) if (typeof facts.missing !== "string") checkWords(facts, rule.explain);
    state = next.state;
  }
}

interface Put {
  readonly decision: Decision;
  readonly readings: ReadingsOf<Reads>;
}

function put(rule: Rule, history: Iterable<LoginEvent> = [], event: LoginEvent): Put {
  const past = [...history];
  const asked = judgeAfter(past, event, rule);
  // a gated rule is not even asked below its limits: asked all the same, it must say what its gate says for it
  const ungated = judgeAfter(past, event, { ...rule, gated: () => false });
  if (!isSame(asked.decision, ungated.decision)) {
    const [verdict] = ungated.decision.verdicts;
    const said = verdict === undefined ? "cannot judge" : `says ${verdict.action} (${describeFacts(verdict.facts)})`;
    throw new Error(`is gated, yet ${said} below every limit that it declares`);
  }
  return ungated;
}

function judgeAfter(history: readonly LoginEvent[], event: LoginEvent, rule: Rule): Put {
  const watched = watch(rule);
  const policy = definePolicy({ id: "testing", rules: [watched.rule] });
  let state = createState();
  for (const past of history) state = track(past, state, policy);
  const decision = evaluateLogin(event, state, policy);
  assertSound(decision, event);
  return { decision, readings: watched.readings() };
}

/** The same rule, asked twice each time, and the readings that it was last asked with. */
function watch(rule: Rule): { readonly rule: Rule; readonly readings: () => ReadingsOf<Reads> } {
  let last: ReadingsOf<Reads> = {};
  const evaluate: Rule["evaluate"] = (readings, event) => {
    last = readings;
    return askTwice(rule.evaluate, readings, event);
  };
  return { rule: { ...rule, evaluate }, readings: () => last };
}

function assertSound({ degraded }: Decision, event: LoginEvent): void {
  const failure = degraded.find(({ kind }) => kind === "rule-error");
  if (failure !== undefined) throw new Error(`the rule threw on event ${JSON.stringify(event.id)}: ${failure.detail}`);
}

function checkLift({ until }: Verdict, event: LoginEvent, expected: number | null | undefined): void {
  if (until !== undefined && !(until > event.at))
    throw new Error(`the verdict lifts at ${until}, which is not after the event at ${event.at}`);
  if (expected !== undefined && (until ?? null) !== expected)
    throw new Error(`expected the verdict to lift at ${expected}, got ${until ?? null}`);
}

/** A rule with limits says nothing that none of them declares; a figure from outside may stand in for a reading. */
function checkLimits({ limits }: Rule, { action }: Verdict, event: LoginEvent, readings: ReadingsOf<Reads>): void {
  if (limits.length === 0) return;
  const declared = limits.filter((limit) => limit.action === action);
  if (declared.length === 0) throw new Error(`says ${action}, which none of its limits declares`);
  if (event.history !== undefined || declared.some(({ reads, at }) => (readings[reads]?.value ?? 0) >= at)) return;
  const reached = declared.map(({ reads, at }) => `${reads} is ${readings[reads]?.value ?? 0} of ${at}`).join(", ");
  throw new Error(`says ${action} below every limit that it declares for it: ${reached}`);
}

function want(field: string | undefined): string {
  return field === undefined ? "nothing to be missing" : `${field} to be missing`;
}
