import type { OpenAttempt } from "./begin.js";
import { concludeAttempt } from "./conclude.js";
import type { GuardContext } from "./context.js";
import type { Conclusion, Handle } from "./handle.js";
import { proofHandle, type Standing } from "./proof-handle.js";
import { recordEvent } from "./record-event.js";
import { assertResult, type CredentialResult, settledEvent } from "./result.js";

/** The handle of an attempt that was begun. */
export function attemptHandle(context: GuardContext, open: OpenAttempt): Handle {
  const standing: Standing = { waiting: undefined, final: undefined, deviceId: undefined };
  let concluding: Promise<Conclusion> | undefined;
  const conclude = async (result: CredentialResult): Promise<Conclusion> => {
    const conclusion = await concludeAttempt(context, open, result);
    if (conclusion.awaiting)
      standing.waiting = { event: settledEvent(open.event, result), ats: open.begun.ats, reserved: open.begun.reserved };
    else standing.final = conclusion;
    return conclusion;
  };
  const { id, account, proof, token, deviceToken } = proofHandle(context, open.event, standing);
  return {
    id,
    account,
    proof,
    token,
    deviceToken,
    at: open.event.at,
    decision: open.decision,
    async conclude(result) {
      assertResult(result);
      // the first result counts: told twice, the attempt is still one
      concluding ??= conclude(result);
      return concluding;
    },
    async cancel() {
      concluding ??= cancelAttempt(context, open);
      await concluding;
    },
  };
}

/** The attempt as one in which no credential was looked at: a technical end, which counts as nobody's guess. */
async function cancelAttempt(context: GuardContext, open: OpenAttempt): Promise<Conclusion> {
  const { event, located, begun, decision } = open;
  if (!open.blocked) {
    const cancelled = { ...event, outcome: "failure", failure: "error" } as const;
    await recordEvent(context, located, cancelled, { ...begun, deadlineAt: context.line.deadline() });
  }
  return { admitted: false, awaiting: false, decision, detections: [] };
}
