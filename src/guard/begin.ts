import { assertEvent } from "../core/engine/assert-event.js";
import { judge, judgeBy } from "../core/engine/judge.js";
import { oneLine } from "../core/engine/one-line.js";
import type { CompiledPolicy } from "../core/engine/policy.js";
import { type Known, know, type Touch } from "../core/engine/touch.js";
import type { Decision, Degradation } from "../core/model/decision.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { asShadow } from "./as-shadow.js";
import { type Attempt, pendingEvent } from "./attempt.js";
import { type GuardContext, keptIdentity, timeOf } from "./context.js";
import { readDeviceToken } from "./device-token.js";
import { tell } from "./hooks.js";
import { type Located, locate, touched, untouched } from "./locate.js";
import { stampedBy, type Written } from "./read-answers.js";
import { type Begun, recordEvent } from "./record-event.js";
import type { Reach } from "./store-line.js";
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
  return beginEvent(context, attempt.deviceToken === undefined ? event : await withDevice(context, event, attempt.deviceToken));
}

/** The same for an event that is made. */
export async function beginEvent(context: GuardContext, unplaced: LoginEvent): Promise<OpenAttempt> {
  const { compiled, line } = context;
  const startedAt = performance.now();
  const deadlineAt = line.deadline();
  const known = know(unplaced, compiled.alias);
  const located = locate(
    context,
    unplaced,
    known,
    context.pseudonymise === undefined ? known.identity : await keptIdentity(context, known.identity),
  );
  const aliased = known.aliasError === undefined && known.identity.account !== undefined ? nothingDegraded : unknowns(compiled, known);

  // rules that remember nothing first: who is blocked by them reserves nothing
  const { stateless } = compiled.plan.judges[unplaced.kind];
  if (stateless.length > 0 && !context.shadow) {
    const touch = untouched(context, located);
    const decision = judgeBy(stateless, compiled, { event: unplaced, touch, degraded: aliased });
    if (decision.action === "BLOCK") {
      const begun: Begun = { ats: undefined, records: touch.records, reserved: 0, reached: "store", deadlineAt };
      await refuse(context, located, unplaced, decision, begun);
      return { event: unplaced, located, begun, touch, degraded: aliased, decision, blocked: true, startedAt };
    }
  }

  const { parts, read, reserved } = writeEvent(context, located, unplaced);
  const reach = await line.exchange(parts, read, deadlineAt);
  const written = reach.value;
  const degraded = degradations(compiled, aliased, reach);
  const event = context.clock === undefined ? stampedBy(unplaced, written) : unplaced;
  const touch = written === undefined ? untouched(context, located) : touched(context, located, written.before);
  const judged = judge(compiled, { event, touch, degraded });
  const decision = context.shadow ? asShadow(judged) : judged;
  const blocked = decision.action === "BLOCK";
  const begun: Begun = { ats: written?.ats, records: written?.after ?? touch.records, reserved, reached: reach.reached, deadlineAt };
  if (blocked) await refuse(context, located, event, decision, begun);
  else if (event.kind !== "mfa") tell(context.hooks, "onDecision", { phase: "before", event, decision });
  return { event, located, begun, touch, degraded, decision, blocked, startedAt };
}

const nothingDegraded: readonly Degradation[] = [];

/** What the memory could not do for this attempt. */
function degradations(
  compiled: CompiledPolicy,
  aliased: readonly Degradation[],
  { value, degraded }: Reach<Written>,
): readonly Degradation[] {
  if (aliased.length === 0 && degraded.length === 0 && value?.full !== true) return nothingDegraded;
  const full: readonly Degradation[] = value?.full === true ? [{ kind: "memory-full", did: compiled.onFailure }] : nothingDegraded;
  return [...aliased, ...degraded, ...full];
}

/** The attempt as one that was never checked: its reservation goes, and detectors of blocked attempts see it. */
async function refuse(context: GuardContext, located: Located, event: LoginEvent, decision: Decision, begun: Begun): Promise<void> {
  const blocked: LoginEvent = { ...event, outcome: "blocked" };
  await recordEvent(context, located, blocked, begun);
  tell(context.hooks, "onDecision", { phase: event.kind === "mfa" ? "proof" : "before", event: blocked, decision });
}

/** What is not known of whom this is about. An account that cannot be counted could be guessed without end, so something speaks for the limits. */
function unknowns(compiled: CompiledPolicy, { identity, aliasError }: Known): readonly Degradation[] {
  const unknown: Degradation[] = [];
  if (aliasError !== undefined) unknown.push({ kind: "alias-error", detail: oneLine(aliasError), did: "ABSTAIN" });
  if (identity.account === undefined) unknown.push({ kind: "missing-field", detail: "account.id", did: compiled.onFailure });
  return unknown;
}

/** The attempt's event with the device that its cookie vouches for on its account. */
async function withDevice(context: GuardContext, event: LoginEvent, deviceToken: string): Promise<LoginEvent> {
  const { signer, compiled, deviceWithin } = context;
  if (signer === undefined) return event;
  const { account } = know(event, compiled.alias).identity;
  if (account === undefined) return event;
  const deviceId = await readDeviceToken(signer, { tenant: event.tenant, account }, deviceToken, event.at, deviceWithin);
  return deviceId === undefined ? event : { ...event, client: { ...event.client, deviceId } };
}
