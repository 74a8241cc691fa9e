import { type Action, strictness } from "../model/action.js";
import type { Decision, Degradation, OverruledVerdict, Requirement, Verdict } from "../model/decision.js";

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
  const counted = (verdict: Verdict): Action => (verdict.action === "CHALLENGE" ? (withoutChallenge ?? "CHALLENGE") : verdict.action);
  let action: Action = "ALLOW";
  for (const verdict of verdicts) if (strictness(counted(verdict)) > strictness(action)) action = counted(verdict);
  if (action === "ALLOW") return { action, verdicts, overruled, shadow, degraded, policy };
  const ordered = verdicts.length === 1 ? verdicts : [...verdicts].sort((a, b) => strictness(counted(b)) - strictness(counted(a)));
  const determining = ordered.filter((verdict) => counted(verdict) === action);
  const retryAt = lastLift(determining);
  const require = action === "CHALLENGE" ? requirements(determining) : undefined;
  return {
    action,
    verdicts: ordered,
    overruled,
    shadow,
    degraded,
    ...(require === undefined ? {} : { require }),
    ...(retryAt === undefined ? {} : { retryAt }),
    policy,
  };
}

function lastLift(determining: readonly Verdict[]): number | undefined {
  let last = Number.NEGATIVE_INFINITY;
  for (const { until } of determining) {
    if (until === undefined) return undefined;
    if (until > last) last = until;
  }
  return last;
}

function requirements(determining: readonly Verdict[]): readonly Requirement[] {
  return [...new Set(determining.map(({ require }) => require ?? "mfa"))].sort();
}
