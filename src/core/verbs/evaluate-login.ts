import { assertEvent } from "../engine/assert-event.js";
import { judgeEvent, touchIfNeeded } from "../engine/judge-event.js";
import type { Policy } from "../engine/policy.js";
import type { Decision } from "../model/decision.js";
import type { LoginEvent } from "../model/login-event.js";
import { defaultPolicy } from "../policies/default.js";
import { type LoginState, openState } from "../state/login-state.js";

/**
 * Decides a login: what the policy says of this event, given what the state remembers, and why.
 *
 * Pure: reads the state, changes nothing, reads no clock; the same event, state and policy give the same decision for ever. A
 * `pending` event (before the credential check) is judged by the rules of phase `before`; any other by all.
 *
 * @throws TypeError for something that is no event; untrusted JSON goes through `parseEvent` of `portcullis/schema` first.
 * @example
 * const event = { id: "1", at: 0, kind: "login", outcome: "success", account: { id: "ann", status: "disabled" }, source: {} };
 * evaluateLogin(event, createState()).action; //=> "BLOCK"
 */
export function evaluateLogin(event: LoginEvent, state: LoginState, policy: Policy = defaultPolicy): Decision {
  assertEvent(event);
  const version = openState(state);
  const touch = touchIfNeeded(policy.compiled, version, event);
  return judgeEvent(policy.compiled, version, touch, event);
}
