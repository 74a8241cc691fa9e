import { assertEvent } from "../core/engine/assert-event.js";
import { judge, judgeBy } from "../core/engine/judge.js";
import { oneLine } from "../core/engine/one-line.js";
import { know, type Touch } from "../core/engine/touch.js";
import type { Decision, Degradation } from "../core/model/decision.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { asShadow } from "./as-shadow.js";
import { type Attempt, pendingEvent } from "./attempt.js";
import { type GuardContext, timeOf } from "./context.js";
import { readDeviceToken } from "./device-token.js";
import { tell } from "./hooks.js";
import { type Located, locate, touched, untouched } from "./locate.js";
import { type Begun, recordEvent } from "./record-event.js";
import { writeEvent } from "./write-event.js";

/** An attempt on its way: what was reserved, and what is known of its groups. */
export interface OpenAttempt {
  readonly event: LoginEvent;
  readonly located: Located;
  readonly begun: Begun;
  /** Its groups without itself. */
  readonly touch: Touch;
  /** What the memory itself could not do. */
  readonly degraded: readonly Degradation[];
  readonly decision: Decision;
  /** Whether it is blocked for good: then no result matters any more. */
  readonly blocked: boolean;
  /** By this process's own steady clock, milliseconds. */
  readonly startedAt: number;
}

/** Reserves an attempt and judges it before the credential check. */
export async function beginAttempt(context: GuardContext, attempt: Attempt): Promise<OpenAttempt> {
  const event = pendingEvent(attempt, context.newId(), timeOf(context));
  assertEvent(event);
  return beginEvent(context, await withDevice(context, event, attempt.deviceToken));
}

/** The same for an event that is made. */
export async function beginEvent(context: GuardContext, unplaced: LoginEvent): Promise<OpenAttempt> {
  const { compiled, line } = context;
  const startedAt = performance.now();
  const deadlineAt = line.deadline();
  const located = await locate(context, unplaced);
  const open = { located, startedAt };

  // rules that remember nothing first: who is blocked by them reserves nothing
  const stateless = compiled.plan.judges[unplaced.kind].stateless;
  const early = judgeBy(stateless, compiled, { event: unplaced, touch: untouched(context, located), degraded: aliasDegradation(located) });
  if (early.action === "BLOCK" && !context.shadow) {
    const begun: Begun = { ats: undefined, records: untouched(context, located).records, reached: "store", deadlineAt };
    await refuse(context, located, unplaced, early, begun);
    return { ...open, event: unplaced, begun, touch: untouched(context, located), degraded: [], decision: early, blocked: true };
  }

  const { parts, read } = writeEvent(context, located, unplaced);
  const reach = await line.exchange(parts, read, deadlineAt);
  const written = reach.value;
  const degraded = [...aliasDegradation(located), ...reach.degraded];
  if (written?.full) degraded.push({ kind: "memory-full", did: compiled.onFailure });
  const at = context.clock === undefined ? (written?.ats.find((each) => each !== undefined) ?? unplaced.at) : unplaced.at;
  const event: LoginEvent = { ...unplaced, at };
  const touch = written === undefined ? untouched(context, located) : touched(context, located, written.before);
  const judged = judge(compiled, { event, touch, degraded });
  const decision = context.shadow ? asShadow(judged) : judged;
  const begun: Begun = { ats: written?.ats, records: written?.after ?? touch.records, reached: reach.reached, deadlineAt };
  if (decision.action === "BLOCK") await refuse(context, located, event, decision, begun);
  else if (event.kind !== "mfa") tell(context.hooks, "onDecision", { phase: "before", event, decision });
  return { ...open, event, begun, touch, degraded, decision, blocked: decision.action === "BLOCK" };
}

/** The attempt as one that was never checked: its reservation goes, and detectors of blocked attempts see it. */
async function refuse(context: GuardContext, located: Located, event: LoginEvent, decision: Decision, begun: Begun): Promise<void> {
  const blocked: LoginEvent = { ...event, outcome: "blocked" };
  await recordEvent(context, located, blocked, begun);
  tell(context.hooks, "onDecision", { phase: event.kind === "mfa" ? "proof" : "before", event: blocked, decision });
}

function aliasDegradation({ aliasError }: Located): Degradation[] {
  return aliasError === undefined ? [] : [{ kind: "alias-error", detail: oneLine(aliasError), did: "ABSTAIN" }];
}

/** The attempt's event with the device that its cookie vouches for on its account. */
async function withDevice(context: GuardContext, event: LoginEvent, deviceToken: string | undefined): Promise<LoginEvent> {
  const { signer, compiled, deviceWithin } = context;
  if (deviceToken === undefined || signer === undefined) return event;
  const { account } = know(event, compiled.alias).identity;
  if (account === undefined) return event;
  const deviceId = await readDeviceToken(signer, { tenant: event.tenant, account }, deviceToken, event.at, deviceWithin);
  return deviceId === undefined ? event : { ...event, client: { ...event.client, deviceId } };
}
