import type { Policy } from "../../src/core/engine/policy.js";
import type { Decision } from "../../src/core/model/decision.js";
import type { Detection } from "../../src/core/model/detection.js";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { createState, type LoginState } from "../../src/core/state/login-state.js";
import { advance } from "../../src/core/verbs/advance.js";
import { evaluateLogin } from "../../src/core/verbs/evaluate-login.js";
import { track } from "../../src/core/verbs/track.js";
import type { CredentialResult } from "../../src/guard/result.js";

/** What a guard is to say, by the pure core alone. */
export interface GuardModel {
  readonly begin: (pending: LoginEvent) => Decision;
  readonly conclude: (id: string, result: CredentialResult) => Expected;
  readonly unlock: (event: LoginEvent) => void;
  readonly detections: readonly Detection[];
  readonly state: () => LoginState;
}

/** What is expected of a conclusion. */
export interface Expected {
  readonly admitted: boolean;
  readonly awaiting: boolean;
  readonly decision: Decision;
}

/** A guard without store, promise or clock: one state, one event after the other. */
export function guardModel(policy: Policy): GuardModel {
  let state = createState();
  const detections: Detection[] = [];
  const open = new Map<string, { readonly pending: LoginEvent; readonly before: LoginState; readonly decision: Decision }>();
  const settle = (event: LoginEvent): void => {
    const advanced = advance(event, state, policy);
    state = advanced.state;
    detections.push(...advanced.detections);
  };
  return {
    detections,
    state: () => state,
    unlock: settle,
    begin(pending) {
      const decision = evaluateLogin(pending, state, policy);
      open.set(pending.id, { pending, before: state, decision });
      state = track(pending, state, policy);
      if (decision.action === "BLOCK") settle({ ...pending, outcome: "blocked" });
      return decision;
    },
    conclude(id, result) {
      const { pending, before, decision: said } = open.get(id)!;
      if (said.action === "BLOCK") return { admitted: false, awaiting: false, decision: said };
      const account = { ...pending.account, ...result.account };
      const ended: LoginEvent = result.ok
        ? { ...pending, account, outcome: "success", ...(result.factors === undefined ? {} : { factors: result.factors }) }
        : { ...pending, account, outcome: "failure", failure: result.failure };
      const decision = evaluateLogin(ended, before, policy);
      const refused = result.ok && decision.action === "BLOCK";
      if (result.ok && !refused && decision.action === "CHALLENGE") return { admitted: false, awaiting: true, decision };
      settle(refused ? { ...ended, outcome: "failure", failure: "refused" } : ended);
      return { admitted: result.ok && !refused, awaiting: false, decision };
    },
  };
}
