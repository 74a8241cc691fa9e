import { judge } from "../core/engine/judge.js";
import type { Degradation } from "../core/model/decision.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { beginEvent, type OpenAttempt } from "./begin.js";
import { settle, tooLate } from "./conclude.js";
import { type GuardContext, timeOf } from "./context.js";
import type { Conclusion } from "./handle.js";
import { tell } from "./hooks.js";
import { type Begun, recordEvent } from "./record-event.js";
import type { ProofResult } from "./result.js";

/** An attempt whose credential was right, waiting for a further factor. */
export interface WaitingAttempt {
  /** As a success with the factors given so far; it is remembered as pending. */
  readonly event: LoginEvent;
  /** When each group saw it begin, in the order of the plan. */
  readonly ats: readonly (number | undefined)[] | undefined;
}

/** What came of a proof, and whether its login is over. */
export interface Proven {
  readonly conclusion: Conclusion;
  readonly over: boolean;
}

/**
 * Counts a proof, judges it, and if it is right and allowed settles its attempt. The proof is an event of kind `mfa` of its own: rules for that kind
 * limit how many may be tried, and since each is reserved before it is judged, parallel ones count too.
 */
export async function proveAttempt(context: GuardContext, { event, ats }: WaitingAttempt, result: ProofResult): Promise<Proven> {
  const { factors: _, credential: __, history: ___, proofs: ____, ...bare } = event;
  const proof = await beginEvent(context, {
    ...bare,
    id: context.newId(),
    attemptId: event.id,
    kind: "mfa",
    outcome: "pending",
    at: timeOf(context),
  });
  if (proof.blocked) {
    return { conclusion: { admitted: false, awaiting: false, decision: proof.decision, detections: [] }, over: false };
  }
  const begun: Begun = { ...proof.begun, deadlineAt: context.line.deadline() };
  if (!result.ok) {
    const failed: LoginEvent = { ...proof.event, outcome: "failure", failure: result.failure };
    const recorded = await recordEvent(context, proof.located, failed, begun);
    const decision = { ...proof.decision, degraded: [...proof.decision.degraded, ...recorded.degraded] };
    tell(context.hooks, "onDecision", { phase: "proof", event: failed, decision });
    return { conclusion: { admitted: false, awaiting: true, decision, detections: recorded.detections }, over: false };
  }
  const [proven, settled] = await Promise.all([
    recordEvent(context, proof.located, { ...proof.event, outcome: "success", factors: result.factors }, begun),
    settleLogin(context, { event, ats }, result, proof),
  ]);
  const detections = [...proven.detections, ...settled.detections];
  return { conclusion: { ...settled, detections }, over: !settled.awaiting };
}

async function settleLogin(
  context: GuardContext,
  { event, ats }: WaitingAttempt,
  { factors, account }: Extract<ProofResult, { readonly ok: true }>,
  proof: OpenAttempt,
): Promise<Conclusion> {
  const proven: LoginEvent = {
    ...event,
    account: { ...event.account, ...account, id: event.account.id },
    factors: [...(event.factors ?? []), ...factors],
  };
  const late = proof.event.at - event.at > context.attemptWithin;
  const degraded: readonly Degradation[] = late ? [...proof.degraded, tooLate] : proof.degraded;
  // an event of another kind by the same account, source and device belongs to the same groups
  const judged = judge(context.compiled, { event: proven, touch: proof.touch, degraded });
  const begun: Begun = {
    ats,
    records: proof.begun.records,
    reserved: undefined,
    reached: proof.begun.reached,
    deadlineAt: context.line.deadline(),
  };
  return settle(context, { located: proof.located, begun }, proven, judged, { phase: "proof", late, awaiting: false });
}
