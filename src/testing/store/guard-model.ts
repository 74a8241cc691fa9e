import type { Decision } from "../../core/model/decision.js";
import type { Detection } from "../../core/model/detection.js";
import type { LoginEvent } from "../../core/model/login-event.js";
import { createState, type LoginState } from "../../core/state/login-state.js";
import { detect } from "../../core/verbs/detect.js";
import { evaluateLogin } from "../../core/verbs/evaluate-login.js";
import { track } from "../../core/verbs/track.js";
import type { CredentialResult, ProofResult } from "../../guard/result.js";
import { modelPolicy, statelessPolicy } from "./model-policy.js";

/** What a guard is expected to say. */
export interface Expected {
  readonly decision: Decision;
  readonly admitted: boolean;
  readonly awaiting: boolean;
}

/** One attempt as the model sees it. */
export interface ModelAttempt {
  readonly begun: Expected;
  conclude(result: CredentialResult): Expected;
  /** `id` and `at` are those of the proof's own event. */
  prove(result: ProofResult, id: string, at: number): Expected;
  cancel(): void;
}

/** A guard in one process over the pure core, with no store: the plainest thing that keeps to the life of an attempt. */
export interface GuardModel {
  begin(pending: LoginEvent): ModelAttempt;
  /** An event that nobody judges: an unlock. */
  note(event: LoginEvent): void;
  /** What was brought to light since this was last asked. */
  detections(): readonly Detection[];
  readonly state: () => LoginState;
}

/** The model of a guard under the model policy. */
export function guardModel(): GuardModel {
  let state = createState();
  let detected: Detection[] = [];
  const remember = (event: LoginEvent): void => {
    const before = state;
    state = track(event, before, modelPolicy);
    detected.push(...detect(event, before, state, modelPolicy));
  };

  /** Reserves and judges on what was there before; blocked by what remembers nothing, it reserves nothing. */
  const reserve = (pending: LoginEvent): { readonly decision: Decision; readonly seen: LoginState } => {
    const seen = state;
    const early = evaluateLogin(pending, createState(), statelessPolicy);
    const decision = early.action === "BLOCK" ? early : evaluateLogin(pending, seen, modelPolicy);
    if (early.action !== "BLOCK") remember(pending);
    if (decision.action === "BLOCK") remember({ ...pending, outcome: "blocked" });
    return { decision, seen };
  };

  /** A right credential that is blocked is a failure; one that is challenged leaves the attempt open; the rest ends as it did. */
  const settle = (event: LoginEvent, decision: Decision, awaiting: boolean): Expected => {
    const right = event.outcome === "success";
    if (right && decision.action === "BLOCK") {
      remember({ ...event, outcome: "failure", failure: "refused" });
      return { decision, admitted: false, awaiting: false };
    }
    if (right && (awaiting || decision.action === "CHALLENGE")) return { decision, admitted: false, awaiting: true };
    remember(event);
    return { decision, admitted: right, awaiting: false };
  };

  return {
    begin(pending) {
      const { decision, seen } = reserve(pending);
      let over: Expected | undefined = decision.action === "BLOCK" ? { decision, admitted: false, awaiting: false } : undefined;
      let waiting: LoginEvent | undefined;
      const ended = (expected: Expected): Expected => {
        if (!expected.awaiting) over = expected;
        return expected;
      };
      return {
        begun: { decision, admitted: false, awaiting: false },
        conclude(result) {
          if (over !== undefined) return over;
          const event = settledBy(pending, result);
          waiting = event;
          const awaiting = result.ok && result.awaiting !== undefined;
          return ended(settle(event, evaluateLogin(awaiting ? factorsToCome(event) : event, seen, modelPolicy), awaiting));
        },
        prove(result, id, at) {
          if (over !== undefined) return result.ok ? over : { ...over, admitted: false };
          const { factors, credential: _, history: __, proofs: ___, ...bare } = waiting!;
          const proof: LoginEvent = { ...bare, id, at, attemptId: pending.id, kind: "mfa", outcome: "pending" };
          const known = state;
          const { decision: allowed } = reserve(proof);
          if (allowed.action === "BLOCK") return { decision: allowed, admitted: false, awaiting: false };
          if (!result.ok) {
            remember({ ...proof, outcome: "failure", failure: result.failure });
            return { decision: allowed, admitted: false, awaiting: true };
          }
          remember({ ...proof, outcome: "success", factors: result.factors });
          const account = { ...waiting!.account, ...result.account, id: pending.account.id };
          const event: LoginEvent = { ...waiting!, account, factors: [...(factors ?? []), ...result.factors] };
          return ended(settle(event, evaluateLogin(event, known, modelPolicy), false));
        },
        cancel() {
          if (over === undefined) remember({ ...pending, outcome: "failure", failure: "error" });
        },
      };
    },
    note: remember,
    detections() {
      const since = detected;
      detected = [];
      return since;
    },
    state: () => state,
  };
}

/** A login of which a further factor is still to come is not judged by the factors so far. */
function factorsToCome({ factors: _, ...event }: LoginEvent): LoginEvent {
  return { ...event, account: { ...event.account, mfaEnrolled: true } };
}

function settledBy(pending: LoginEvent, result: CredentialResult): LoginEvent {
  const account = { ...pending.account, ...result.account, id: pending.account.id };
  if (!result.ok) return { ...pending, account, outcome: "failure", failure: result.failure };
  return { ...pending, account, outcome: "success", ...(result.factors === undefined ? {} : { factors: result.factors }) };
}
