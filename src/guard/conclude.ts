import { judge } from "../core/engine/judge.js";
import type { Decision, Degradation } from "../core/model/decision.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { asShadow } from "./as-shadow.js";
import type { OpenAttempt } from "./begin.js";
import type { GuardContext } from "./context.js";
import type { Conclusion } from "./handle.js";
import { tell } from "./hooks.js";
import type { Located } from "./locate.js";
import { lockBegun } from "./lock-change.js";
import { type Begun, type Recorded, recordEvent } from "./record-event.js";
import { type CredentialResult, settledEvent } from "./result.js";

/** Judges an attempt by its result and writes how it ended, once. */
export async function concludeAttempt(context: GuardContext, open: OpenAttempt, result: CredentialResult): Promise<Conclusion> {
  const event = settledEvent(open.event, result);
  if (open.blocked) {
    // a host with a single hook knows that the credential was right although a limit stood before it: its owner should know too
    if (result.ok) notifyOwner(context, event, open.decision, "blocked");
    return { admitted: false, awaiting: false, decision: open.decision, detections: [] };
  }
  const late = performance.now() - open.startedAt > context.attemptWithin;
  const degraded: readonly Degradation[] = late ? [...open.degraded, tooLate] : open.degraded;
  const awaiting = result.ok && result.awaiting !== undefined;
  const judged = judge(context.compiled, { event: awaiting ? withoutFactors(event) : event, touch: open.touch, degraded });
  const { ats, records, reserved, reached } = open.begun;
  const begun: Begun = { ats, records, reserved, reached, deadlineAt: context.line.deadline() };
  return settle(context, { located: open.located, begun }, event, judged, {
    phase: "after",
    late,
    awaiting,
  });
}

/** A login that still waits for a further factor is not judged by how many it has given: that is for the proof. */
function withoutFactors(event: LoginEvent): LoginEvent {
  const { factors: _, ...rest } = event;
  return { ...rest, account: { ...event.account, mfaEnrolled: true } };
}

/** What is listed where an attempt was concluded later than the guard allows: it stays the failure that it is. */
export const tooLate: Degradation = { kind: "attempt-expired", did: "BLOCK" };

/** How an attempt is settled. */
export interface Settling {
  readonly phase: "after" | "proof";
  /** Whether it comes too late to take anything back. */
  readonly late: boolean;
  /** Whether the application itself wants a further factor. */
  readonly awaiting: boolean;
}

/**
 * Settles a login by what the policy says of it. A right credential that is blocked counts as a failure, as a wrong one does: were it to count less, who
 * tries it often enough would learn that it was right.
 */
export async function settle(
  context: GuardContext,
  { located, begun }: { readonly located: OpenAttempt["located"]; readonly begun: Begun },
  event: LoginEvent,
  judged: Decision,
  { phase, late, awaiting }: Settling,
): Promise<Conclusion> {
  const { hooks } = context;
  const decision = context.shadow ? asShadow(judged) : judged;
  const right = event.outcome === "success";
  const refused = right && (decision.action === "BLOCK" || (late && !context.shadow));
  const open = right && !refused && (decision.action === "CHALLENGE" || awaiting);
  if (right && (refused || open)) notifyOwner(context, event, decision, refused ? "blocked" : "challenged");
  if (open) {
    const { factors: _, ...pending } = event;
    tell(hooks, "onDecision", { phase, event: { ...pending, outcome: "pending" }, decision });
    return { admitted: false, awaiting: true, decision, detections: [] };
  }
  const final: LoginEvent = refused ? { ...event, outcome: "failure", failure: "refused" } : event;
  // too late to take anything back, by a fault neither
  const stays = late && !context.shadow && final.failure === "error";
  const recorded = stays ? nothingRecorded : await recordEvent(context, located, final, begun);
  // in shadow nobody is locked out
  const lock = recorded.written === undefined || context.shadow ? undefined : lockBegun(context, located, final, recorded.written);
  if (lock !== undefined) tell(hooks, "onLock", lock);
  const told = recorded.degraded.length === 0 ? decision : { ...decision, degraded: merged(decision.degraded, recorded.degraded) };
  tell(hooks, "onDecision", { phase, event: final, decision: told });
  return { admitted: right && !refused, awaiting: false, decision: told, detections: recorded.detections };
}

const nothingRecorded: Recorded = { detections: [], degraded: [], written: undefined };

/** Tells of the lock that a failure began, if it did. */
export function tellLock(context: GuardContext, located: Located, event: LoginEvent, { written }: Recorded): void {
  const lock = written === undefined ? undefined : lockBegun(context, located, event, written);
  if (lock !== undefined) tell(context.hooks, "onLock", lock);
}

/** The owner is told of every right credential that did not get in, but for the step that the application always asks for. */
function notifyOwner({ hooks }: GuardContext, event: LoginEvent, decision: Decision, why: "blocked" | "challenged"): void {
  if (why === "challenged" && decision.action !== "CHALLENGE") return;
  tell(hooks, "onOwnerNotice", {
    account: event.account.id,
    ...(event.tenant === undefined ? {} : { tenant: event.tenant }),
    why,
    event,
    decision,
  });
}

/** A store that failed at the begin and again at the end is listed once. */
export function merged(known: readonly Degradation[], more: readonly Degradation[]): readonly Degradation[] {
  return [...known, ...more.filter(({ kind, detail }) => !known.some((each) => each.kind === kind && each.detail === detail))];
}
