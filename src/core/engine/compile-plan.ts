import { latest } from "../aggregates/latest.js";
import type { Detector } from "../detectors/detector.js";
import type { EventKind } from "../model/login-event.js";
import type { Rule } from "../rules/rule.js";
import type { Judges, Plan, PlanGroup, PlanRule } from "./plan.js";
import { type Draft, declare, groupOf, predicateOf, protect } from "./plan-draft.js";
import { compileReads } from "./plan-reads.js";

/** A rule with the mode it runs in; rules that are off do not come here. */
export interface PlannedRule {
  readonly rule: Rule;
  readonly shadow: boolean;
}

/** Compiles rules and detectors. Both come in the order of their ids, so that a decision never depends on the order of a policy. */
export function compilePlan(rules: readonly PlannedRule[], detectors: readonly Detector[]): Plan {
  const draft: Draft = { groups: [], predicates: [], fields: [] };
  for (const { rule } of rules) for (const aggregate of Object.values(rule.reads)) declare(draft, aggregate);
  for (const { reads, subject, on, quiet } of detectors) {
    for (const aggregate of Object.values(reads)) declare(draft, aggregate);
    // the event that completes a pattern is remembered in its subject, so that one delivered again can be told from a new one
    declare(draft, latest({ where: on, by: subject, within: { seconds: Math.max(1, quiet) / 1000 } }));
  }
  for (const { rule } of rules) protect(draft, rule);
  const groups: PlanGroup[] = draft.groups;
  const latches = groups.map(({ by }) => detectors.filter(({ subject }) => subject.name === by.name).map(latchName));
  const planned = rules.map(({ rule, shadow }, position): PlanRule => {
    return { ...compileReads(draft, rule.reads, rule.limits), position, rule, shadow };
  });
  return {
    groups,
    predicates: draft.predicates,
    rules: planned,
    judges: judgesByKind(planned),
    detectors: detectors.map((detector) => {
      const group = groupOf(draft, detector.subject);
      const latch = groups[group]!.slots.length + latches[group]!.indexOf(latchName(detector));
      return { ...compileReads(draft, detector.reads, detector.limits), detector, on: predicateOf(draft, detector.on), group, latch };
    }),
    watched: detectors.reduce((bits, { on }) => bits | (1 << predicateOf(draft, on)), 0),
    layout: {
      groupings: groups.map(({ by, slots }, index) => ({ name: by.name, slots: [...slots.map(({ name }) => name), ...latches[index]!] })),
    },
  };
}

const latchName = (detector: Detector): string => `detected ${detector.id}`;

function judgesByKind(rules: readonly PlanRule[]): Plan["judges"] {
  const judgesOf = (kind: EventKind): Judges => {
    const always = rules.filter(({ rule }) => rule.kinds.includes(kind));
    const before = always.filter(({ rule }) => rule.phase === "before");
    return { before, stateless: before.filter(({ reads }) => reads.length === 0), always };
  };
  return {
    login: judgesOf("login"),
    registration: judgesOf("registration"),
    "password-reset": judgesOf("password-reset"),
    mfa: judgesOf("mfa"),
    unlock: judgesOf("unlock"),
  };
}
