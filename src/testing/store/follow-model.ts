import { expect } from "vitest";
import type { Detection } from "../../core/model/detection.js";
import type { LoginEvent } from "../../core/model/login-event.js";
import type { Attempt } from "../../guard/attempt.js";
import { createGuard } from "../../guard/create-guard.js";
import type { Conclusion, Handle } from "../../guard/handle.js";
import type { LoginStore } from "../../stores/store.js";
import { type Expected, guardModel, type ModelAttempt } from "./guard-model.js";
import type { GuardStep, StepTraits } from "./guard-steps.js";
import { modelPolicy } from "./model-policy.js";
import { freshName } from "./parts.js";
import { settledStore } from "./settled-store.js";

/** When a stream begins; no clock is asked. */
const start = Date.UTC(2026, 0, 1);

/**
 * Takes a guard on this store and the model through the same steps, one after the other, and expects both to say the same each time: the decision with its
 * evidence and times, whether it lets in, and what was brought to light.
 */
export async function followModel(inner: LoginStore, steps: readonly GuardStep[]): Promise<void> {
  const { store, settled } = settledStore(inner);
  const tenant = freshName();
  let now = start;
  let number = 0;
  const detections: Detection[] = [];
  const faults: unknown[] = [];
  const guard = createGuard({
    policy: modelPolicy,
    store,
    clock: () => now,
    newId: () => `${tenant}-${number++}`,
    deadline: { seconds: 30 },
    attemptWithin: { days: 365 },
    onDetection: (detection) => detections.push(detection),
    onFault: (fault) => faults.push(fault),
  });
  const model = guardModel();
  const nextId = (): string => `${tenant}-${number}`;
  const attempts: { readonly handle: Handle; readonly model: ModelAttempt; concluded: boolean; waiting: boolean }[] = [];

  for (const [i, step] of steps.entries()) {
    now += step.after;
    const told = await take(step);
    await settled();
    expect(faults, `step ${i}`).toEqual([]);
    if (told !== undefined) expect({ step: i, ...told.said }).toEqual({ step: i, ...told.expected });
    expect({ step: i, detections: inOrder(detections.splice(0)) }).toEqual({ step: i, detections: inOrder(model.detections()) });
  }

  async function take(step: GuardStep): Promise<{ readonly said: Expected; readonly expected: Expected } | undefined> {
    if (step.does === "begin") {
      const pending = pendingEvent(step.traits, tenant, nextId(), now);
      const begun = model.begin(pending);
      const handle = await guard.begin(attemptOf(pending));
      attempts.push({ handle, model: begun, concluded: false, waiting: false });
      return { said: { decision: handle.decision, admitted: false, awaiting: false }, expected: begun.begun };
    }
    if (step.does === "unlock") {
      const account = { id: "account" in step.subject ? step.subject.account : "" };
      const source = "source" in step.subject ? { ip: step.subject.source } : {};
      model.note({ id: nextId(), at: now, kind: "unlock", outcome: "success", account, source, tenant });
      await guard.unlock({ ...step.subject, tenant }, { reason: "verified-reset", actor: "test" });
      return undefined;
    }
    const wanted = attempts.filter(({ concluded, waiting }) => (step.does === "prove" ? waiting : !concluded));
    const attempt = wanted[step.which % Math.max(1, wanted.length)];
    if (attempt === undefined) return undefined;
    if (step.does === "prove") {
      const expected = attempt.model.prove(step.result, nextId(), now);
      const said = await attempt.handle.proof(step.result);
      return { said: saidBy(said), expected };
    }
    attempt.concluded = true;
    if (step.does === "cancel") {
      attempt.model.cancel();
      await attempt.handle.cancel();
      return undefined;
    }
    const expected = attempt.model.conclude(step.result);
    attempt.waiting = expected.awaiting;
    return { said: saidBy(await attempt.handle.conclude(step.result)), expected };
  }
}

function pendingEvent(traits: StepTraits, tenant: string, id: string, at: number): LoginEvent {
  return { id, at, outcome: "pending", tenant, ...traits };
}

function attemptOf({ kind, account, source, client, tenant, proofs }: LoginEvent): Attempt {
  return {
    kind: kind as "login",
    account: account.id,
    source,
    tenant: tenant!,
    ...(client === undefined ? {} : { client }),
    ...(proofs === undefined ? {} : { proofs }),
  };
}

function saidBy({ decision, admitted, awaiting }: Conclusion): Expected {
  return { decision, admitted, awaiting };
}

function inOrder(detections: readonly Detection[]): readonly Detection[] {
  const name = ({ detector, eventId }: Detection): string => `${detector} ${eventId}`;
  return detections.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}
