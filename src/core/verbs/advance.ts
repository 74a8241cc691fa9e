import { assertEvent } from "../engine/assert-event.js";
import { commit } from "../engine/commit.js";
import { isPrevented } from "../engine/is-prevented.js";
import { judgeEvent, touchState } from "../engine/judge-event.js";
import type { CompiledPolicy, Policy } from "../engine/policy.js";
import type { Decision } from "../model/decision.js";
import type { Detection } from "../model/detection.js";
import type { LoginEvent } from "../model/login-event.js";
import { defaultPolicy } from "../policies/default.js";
import { type LoginState, openState, sealState } from "../state/login-state.js";

/**
 * How history is taken: `recorded` tracks each event with the outcome it had; `simulated` tracks an event as it would have
 * gone under this policy: blocked before anything was checked, or refused after it.
 */
export type Outcomes = "recorded" | "simulated";

/** One event on: what the policy says of it, what it brought to light, and the state after it. */
export interface Advanced {
  readonly decision: Decision;
  readonly detections: readonly Detection[];
  readonly state: LoginState;
}

/**
 * `evaluateLogin`, `track` and `detect` in one pass.
 *
 * @throws TypeError for something that is no event.
 * @example
 * const failure = { id: "1", at: 0, kind: "login", outcome: "failure", account: { id: "ann" }, source: { ip: "192.0.2.1" } };
 * advance(failure, createState()).decision.action; //=> "ALLOW"
 */
export function advance(event: LoginEvent, state: LoginState, policy: Policy = defaultPolicy, outcomes: Outcomes = "recorded"): Advanced {
  assertEvent(event);
  const { compiled } = policy;
  const version = openState(state);
  const touch = touchState(compiled, version, event);
  const decision = judgeEvent(compiled, version, touch, event);
  const committed = commit(compiled, version, asTracked(event, decision, outcomes, compiled), "fresh", touch);
  return { decision, detections: risen(committed.recognised), state: sealState(committed.version) };
}

const noDetections: readonly Detection[] = [];

/** The detections that only now came to hold. */
export function risen(recognised: ReturnType<typeof commit>["recognised"]): readonly Detection[] {
  if (recognised.length === 0) return noDetections;
  return recognised.filter(({ rising }) => rising).map(({ detection }) => detection);
}

/**
 * The event as it counts: as it was, or as it would have gone under a policy that blocks it. A block before the credential check leaves
 * nothing checked. One after it refuses a login whose credential was right, and counts as a failure: or guesses that are right would be
 * told from wrong ones by not counting.
 */
export function asTracked(event: LoginEvent, decision: Decision, outcomes: Outcomes, { plan }: CompiledPolicy): LoginEvent {
  if (outcomes === "recorded" || decision.action !== "BLOCK") return event;
  const { failure: _, ...rest } = event;
  if (isPrevented(decision, plan)) return { ...rest, outcome: "blocked" };
  return event.outcome === "success" ? { ...event, outcome: "failure", failure: "refused" } : event;
}
