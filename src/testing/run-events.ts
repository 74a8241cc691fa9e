import type { Policy } from "../core/engine/policy.js";
import type { Decision } from "../core/model/decision.js";
import type { Detection } from "../core/model/detection.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { defaultPolicy } from "../core/policies/default.js";
import { createState } from "../core/state/login-state.js";
import { advance, type Outcomes } from "../core/verbs/advance.js";

/** An event, what the policy said of it, and what it brought to light. */
export interface RunEntry {
  readonly event: LoginEvent;
  readonly decision: Decision;
  readonly detections: readonly Detection[];
}

/**
 * Runs events through a policy, in the order given, from a state that has seen nothing.
 *
 * Outcomes count as `recorded`, or `simulated`: then an event that the policy BLOCKs did not happen.
 *
 * @throws TypeError for something that is no event.
 * @example
 * const run = runEvents(timeline().login("failure", 10, { account: "ann" }).login("pending", { account: "ann" }));
 * run.at(-1)?.decision.action; //=> "BLOCK"
 */
export function runEvents(events: Iterable<LoginEvent>, policy: Policy = defaultPolicy, outcomes: Outcomes = "recorded"): RunEntry[] {
  let state = createState();
  return Array.from(events, (event) => {
    const { decision, detections, state: next } = advance(event, state, policy, outcomes);
    state = next;
    return { event, decision, detections };
  });
}
