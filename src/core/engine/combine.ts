import { type Action, strictness } from "../model/action.js";
import type { Decision, Degradation, OverruledVerdict, Verdict } from "../model/decision.js";
import type { Requirement } from "../model/requirement.js";

/** How a policy combines verdicts. */
export interface Combining {
  /** What a CHALLENGE counts as in an application that cannot challenge; `undefined` when it can. */
  readonly withoutChallenge: "FLAG" | "BLOCK" | undefined;
  readonly policy: Decision["policy"];
}

/** What the rules had to say of one event. */
export interface Said {
  readonly verdicts: readonly Verdict[];
  readonly overruled: readonly OverruledVerdict[];
  readonly shadow: readonly Verdict[];
  readonly degraded: readonly Degradation[];
}

/**
 * Combines what was said into a decision: the strictest verdict wins, silence allows, order never matters. `retryAt` is when the last
 * determining verdict lifts, and absent when one of them stays.
 */
export function combine({ verdicts, overruled, shadow, degraded }: Said, { withoutChallenge, policy }: Combining): Decision {
  let action: Action = "ALLOW";
  for (let i = 0; i < verdicts.length; i++) {
    const counted = countedAs(verdicts[i]!, withoutChallenge);
    if (strictness(counted) > strictness(action)) action = counted;
  }
  if (action === "ALLOW") return { action, verdicts, overruled, shadow, degraded, policy };
  const ordered = verdicts.length === 1 ? verdicts : strictestFirst(verdicts, withoutChallenge);
  const retryAt = lastLift(ordered, action, withoutChallenge);
  if (action === "CHALLENGE") {
    const require = requirements(ordered);
    if (retryAt === undefined) return { action, verdicts: ordered, overruled, shadow, degraded, require, policy };
    return { action, verdicts: ordered, overruled, shadow, degraded, require, retryAt, policy };
  }
  if (retryAt === undefined) return { action, verdicts: ordered, overruled, shadow, degraded, policy };
  return { action, verdicts: ordered, overruled, shadow, degraded, retryAt, policy };
}

/** What a verdict counts as here; the verdict itself keeps its word. */
function countedAs({ action, satisfied }: Verdict, withoutChallenge: Combining["withoutChallenge"]): Action {
  if (satisfied) return "ALLOW";
  return action === "CHALLENGE" && withoutChallenge !== undefined ? withoutChallenge : action;
}

function strictestFirst(verdicts: readonly Verdict[], withoutChallenge: Combining["withoutChallenge"]): readonly Verdict[] {
  const ordered: Verdict[] = [];
  for (let level = strictness("BLOCK"); level >= 0; level--) {
    for (const verdict of verdicts) if (strictness(countedAs(verdict, withoutChallenge)) === level) ordered.push(verdict);
  }
  return ordered;
}

function lastLift(ordered: readonly Verdict[], action: Action, withoutChallenge: Combining["withoutChallenge"]): number | undefined {
  let last: number | undefined;
  for (const verdict of ordered) {
    if (countedAs(verdict, withoutChallenge) !== action) break;
    if (verdict.until === undefined) return undefined;
    last = last === undefined ? verdict.until : Math.max(last, verdict.until);
  }
  return last;
}

function requirements(ordered: readonly Verdict[]): readonly Requirement[] {
  return [
    ...new Set(ordered.filter(({ action, satisfied }) => action === "CHALLENGE" && !satisfied).map(({ require }) => require ?? "mfa")),
  ].sort();
}
