import { assertEvent } from "../engine/assert-event.js";
import { bind } from "../engine/binding.js";
import type { Policy } from "../engine/policy.js";
import { recognise } from "../engine/recognise.js";
import { identifyEvent, touchGroups } from "../engine/touch.js";
import type { Detection } from "../model/detection.js";
import type { LoginEvent } from "../model/login-event.js";
import { defaultPolicy } from "../policies/default.js";
import { type LoginState, openState } from "../state/login-state.js";
import { tableOf } from "../state/table.js";

/**
 * What this event brought to light: each pattern once when it begins to hold, and again only after a whole window without it.
 *
 * `before` is the state without the event, `after` is `track(event, before, policy)`. Silent on pending events.
 *
 * @example
 * const failure = { id: "1", at: 0, kind: "login", outcome: "failure", account: { id: "ann" }, source: { ip: "192.0.2.1" } };
 * detect(failure, createState(), track(failure, createState())); //=> []
 */
export function detect(event: LoginEvent, before: LoginState, after: LoginState, policy: Policy = defaultPolicy): Detection[] {
  assertEvent(event);
  const { plan, alias } = policy.compiled;
  if (plan.detectors.length === 0) return [];
  const { identity } = identifyEvent(event, alias);
  const [older, newer] = [openState(before), openState(after)];
  // the older version is read first: reading it takes the table over, and the newer one takes it back
  const touchBefore = touchGroups(plan, bind(plan, older.layout), tableOf(older.hold), event, identity);
  const binding = bind(plan, newer.layout);
  const touchAfter = touchGroups(plan, binding, tableOf(newer.hold), event, identity);
  return recognise(plan, binding, event, touchBefore, touchAfter)
    .filter(({ rising }) => rising)
    .map(({ detection }) => detection);
}
