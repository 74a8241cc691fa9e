import { type Action, actions } from "../core/model/action.js";
import type { Decision, Degradation } from "../core/model/decision.js";
import type { Detection } from "../core/model/detection.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { type TopCounts, topCounts } from "./top-counts.js";

/** What a run amounts to. Bounded, whatever the length of the log. */
export interface Summary {
  readonly logins: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly byAction: Readonly<Record<Action, number>>;
  /** Rule -> how often it said what, in force and in shadow. */
  readonly byRule: ReadonlyMap<string, Readonly<Record<Action, number>>>;
  readonly byDetector: ReadonlyMap<string, number>;
  /** Who was not simply allowed, by source and by account. */
  readonly bySource: TopCounts;
  readonly byAccount: TopCounts;
  /** What could not be judged -> how often. */
  readonly degraded: ReadonlyMap<string, number>;
  readonly skipped: ReadonlyMap<string, number>;
  readonly malformed: number;
}

/** A summary that grows with a run. */
export interface RunningSummary {
  readonly judged: (event: LoginEvent, decision: Decision, detections: readonly Detection[], timed: boolean) => void;
  readonly skipped: (reason: string) => void;
  readonly malformed: () => void;
  readonly result: () => Summary;
}

/** A summary of nothing yet. */
export function runningSummary(): RunningSummary {
  const byAction: Record<Action, number> = noActions();
  const byRule = new Map<string, Record<Action, number>>();
  const byDetector = new Map<string, number>();
  const degraded = new Map<string, number>();
  const skipped = new Map<string, number>();
  const bySource = topCounts();
  const byAccount = topCounts();
  let [logins, malformed, first, last] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    judged(event, decision, detections, timed) {
      logins++;
      byAction[decision.action]++;
      if (timed) {
        first = Math.min(first, event.at);
        last = Math.max(last, event.at);
      }
      for (const { rule, action } of decision.verdicts) count(byRule, rule, action);
      for (const { rule, action } of decision.shadow) count(byRule, `${rule} (shadow)`, action);
      for (const { rule, kind, detail } of decision.degraded) add(degraded, notJudged(rule, kind, detail));
      for (const { detector } of detections) add(byDetector, detector);
      if (decision.action === "ALLOW") return;
      bySource.add(event.source.ip ?? "-");
      byAccount.add(event.account.id);
    },
    skipped: (reason) => add(skipped, reason),
    malformed: () => {
      malformed++;
    },
    result: () => ({
      logins,
      first: Number.isFinite(first) ? first : undefined,
      last: Number.isFinite(last) ? last : undefined,
      byAction,
      byRule,
      byDetector,
      bySource,
      byAccount,
      degraded,
      skipped,
      malformed,
    }),
  };
}

function notJudged(rule: string | undefined, kind: Degradation["kind"], detail: string | undefined): string {
  if (kind === "missing-field") return `${rule}: ${detail} not known`;
  if (kind === "rule-error") return `${rule}: the rule failed`;
  if (kind === "memory-full") return "the memory is full";
  return kind === "clock-ahead" ? "time over an hour ahead of all before" : "the account alias failed";
}

function noActions(): Record<Action, number> {
  return Object.fromEntries(actions.map((action) => [action, 0])) as Record<Action, number>;
}

function count(counts: Map<string, Record<Action, number>>, rule: string, action: Action): void {
  const known = counts.get(rule) ?? noActions();
  known[action]++;
  counts.set(rule, known);
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
