import { commit } from "../../src/core/engine/commit.js";
import { judgeEvent, touchIfNeeded, touchState } from "../../src/core/engine/judge-event.js";
import { openState } from "../../src/core/state/login-state.js";
import { advance, createState, type Decision, evaluateLogin, type LoginEvent, type Policy, track } from "../../src/index.js";

/** Told each decision; what it keeps of them is its own business. */
export type OnDecision = (decision: Decision) => void;

/** Decides each event and remembers it, from an empty state to the one returned. */
export type Replay = (events: readonly LoginEvent[], policy: Policy, onDecision: OnDecision) => unknown;

/** Evaluates, then tracks; the state is threaded through as a value. */
export const evaluateAndTrack: Replay = (events, policy, onDecision) => {
  let state = createState();
  for (const event of events) {
    onDecision(evaluateLogin(event, state, policy));
    state = track(event, state, policy);
  }
  return state;
};

/** Both in one pass. */
export const advanceEach: Replay = (events, policy, onDecision) => {
  let state = createState();
  for (const event of events) {
    const advanced = advance(event, state, policy);
    onDecision(advanced.decision);
    state = advanced.state;
  }
  return state;
};

/** `evaluateAndTrack` by the same engine, but records are written over and there is no way back to an earlier version. */
export const evaluateAndTrackInPlace: Replay = (events, { compiled }, onDecision) => {
  let version = openState(createState());
  for (const event of events) {
    onDecision(judgeEvent(compiled, version, touchIfNeeded(compiled, version, event), event));
    version = commit(compiled, version, event, "in-place").version;
  }
  return version;
};

/** `advanceEach` in place: as before, and the groups are looked up once. */
export const advanceEachInPlace: Replay = (events, { compiled }, onDecision) => {
  let version = openState(createState());
  for (const event of events) {
    const touch = touchState(compiled, version, event);
    onDecision(judgeEvent(compiled, version, touch, event));
    version = commit(compiled, version, event, "in-place", touch).version;
  }
  return version;
};
