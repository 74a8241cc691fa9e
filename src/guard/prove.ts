import { assertEvent } from "../core/engine/assert-event.js";
import { judge } from "../core/engine/judge.js";
import type { Touch } from "../core/engine/touch.js";
import type { Degradation } from "../core/model/decision.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { beginEvent, type OpenAttempt } from "./begin.js";
import { merged, settle, tellLock, tooLate } from "./conclude.js";
import { type GuardContext, timeOf } from "./context.js";
import type { Conclusion } from "./handle.js";
import { tell } from "./hooks.js";
import { locate, touched } from "./locate.js";
import { type Begun, recordEvent } from "./record-event.js";
import type { ProofResult } from "./result.js";

/** An attempt whose credential was right, waiting for a further factor. */
export interface WaitingAttempt {
  /** As a success with the factors given so far; it is remembered as pending. */
  readonly event: LoginEvent;
  /** When each group saw it begin, in the order of the plan. */
  readonly ats: readonly (number | undefined)[] | undefined;
  /** Which predicates held of it while it was pending, one bit each; `undefined` for one that was taken up by its token. */
  readonly reserved: number | undefined;
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
export async function proveAttempt(context: GuardContext, waiting: WaitingAttempt, result: ProofResult): Promise<Proven> {
  const { event } = waiting;
  const { factors: _, credential: __, history: ___, proofs: ____, ...bare } = event;
  const asked: LoginEvent = { ...bare, id: context.newId(), attemptId: event.id, kind: "mfa", outcome: "pending", at: timeOf(context) };
  assertEvent(asked);
  const proof = await beginEvent(context, asked);
  if (proof.blocked) {
    return { conclusion: { admitted: false, awaiting: false, decision: proof.decision, detections: [] }, over: false };
  }
  // one deadline for all that a proof asks of the store
  const { begun } = proof;
  if (!result.ok) {
    const failed: LoginEvent = { ...proof.event, outcome: "failure", failure: result.failure };
    const recorded = await recordEvent(context, proof.located, failed, begun);
    tellLock(context, proof.located, failed, recorded);
    const decision = { ...proof.decision, degraded: merged(proof.decision.degraded, recorded.degraded) };
    tell(context.hooks, "onDecision", { phase: "proof", event: failed, decision });
    return { conclusion: { admitted: false, awaiting: true, decision, detections: recorded.detections }, over: false };
  }
  const [proven, settled] = await Promise.all([
    recordEvent(context, proof.located, { ...proof.event, outcome: "success", factors: result.factors }, begun),
    settleLogin(context, waiting, result, proof),
  ]);
  const detections = [...proven.detections, ...settled.detections];
  return { conclusion: { ...settled, detections }, over: !settled.awaiting };
}

async function settleLogin(
  context: GuardContext,
  { event, ats, reserved }: WaitingAttempt,
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
  // a proof by the same account, source and device belongs to nearly all groups of its login
  const located = locate(context, proven, proof.located, proof.located.kept);
  const read = (records: Touch["records"]): Touch["records"] =>
    located.storeKeys.map((place, i) => (place?.key === proof.located.storeKeys[i]?.key ? records[i] : undefined));
  const judged = judge(context.compiled, { event: proven, touch: touched(context, located, read(proof.touch.records)), degraded });
  const { reached, records, deadlineAt } = proof.begun;
  const begun: Begun = { ats, records: read(records), reserved, reached, deadlineAt };
  return settle(context, { located, begun }, proven, judged, { phase: "proof", late, awaiting: false });
}
