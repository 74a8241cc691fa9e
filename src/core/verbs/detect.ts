import { assertEvent } from "../engine/assert-event.js";
import { matchPredicates } from "../engine/fold.js";
import { touchState } from "../engine/judge-event.js";
import type { Policy } from "../engine/policy.js";
import { recognise } from "../engine/recognise.js";
import type { Detection } from "../model/detection.js";
import type { LoginEvent } from "../model/login-event.js";
import { defaultPolicy } from "../policies/default.js";
import { type LoginState, openState } from "../state/login-state.js";

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
  const { compiled } = policy;
  const { plan } = compiled;
  if (plan.detectors.length === 0) return [];
  const [older, newer] = [openState(before), openState(after)];
  // the older version is read first: reading it takes the table over, and the newer one takes it back
  const touchBefore = touchState(compiled, older, event);
  const touchAfter = touchState(compiled, newer, event);
  const changed = touchAfter.records.reduce((bits, record, i) => (record === touchBefore.records[i] ? bits : bits | (1 << i)), 0);
  return recognise(plan, event, { matched: matchPredicates(plan, event), changed }, touchBefore, touchAfter)
    .filter(({ rising }) => rising)
    .map(({ detection }) => detection);
}
