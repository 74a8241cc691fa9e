import { commit } from "../../src/core/engine/commit.js";
import { judgeEvent } from "../../src/core/engine/judge-event.js";
import { openState } from "../../src/core/state/login-state.js";
import { tableOf } from "../../src/core/state/table.js";
import {
  advance,
  createState,
  type Decision,
  evaluateLogin,
  type LoginEvent,
  type LoginState,
  type Policy,
  track,
} from "../../src/index.js";

/** Told each decision; what it keeps of them is its own business. */
export type OnDecision = (decision: Decision) => void;

/** Evaluates and tracks each event, the state threaded through as a value. */
export function runPure(events: readonly LoginEvent[], policy: Policy, onDecision: OnDecision): LoginState {
  let state = createState();
  for (const event of events) {
    onDecision(evaluateLogin(event, state, policy));
    state = track(event, state, policy);
  }
  return state;
}

/** The same with `advance`. */
export function runAdvance(events: readonly LoginEvent[], policy: Policy, onDecision: OnDecision): LoginState {
  let state = createState();
  for (const event of events) {
    const advanced = advance(event, state, policy);
    onDecision(advanced.decision);
    state = advanced.state;
  }
  return state;
}

/** The in-place version of itself: the same engine, records written over and no way back to an earlier version. */
export function runInPlace(events: readonly LoginEvent[], policy: Policy, onDecision: OnDecision): unknown {
  const { compiled } = policy;
  let version = openState(createState());
  for (const event of events) {
    onDecision(judgeEvent(compiled, version, tableOf(version.hold), event));
    version = commit(compiled, version, event, "in-place").version;
  }
  return version;
}
