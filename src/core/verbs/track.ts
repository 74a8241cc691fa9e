import { assertEvent } from "../engine/assert-event.js";
import { commit } from "../engine/commit.js";
import type { Policy } from "../engine/policy.js";
import type { LoginEvent } from "../model/login-event.js";
import { defaultPolicy } from "../policies/default.js";
import { type LoginState, openState, sealState } from "../state/login-state.js";

/**
 * The state after one more event. The state given stays as it was.
 *
 * Idempotent by event id, and tolerant of disorder; an event with the id of a pending one settles it. Costs the same however many
 * accounts are known.
 *
 * @throws TypeError for something that is no event.
 * @example
 * const failure = { id: "1", at: 0, kind: "login", outcome: "failure", account: { id: "ann" }, source: { ip: "192.0.2.1" } };
 * stateSize(track(failure, createState())).groups > 0; //=> true
 */
export function track(event: LoginEvent, state: LoginState, policy: Policy = defaultPolicy): LoginState {
  assertEvent(event);
  return sealState(commit(policy.compiled, openState(state), event, "fresh").version);
}
