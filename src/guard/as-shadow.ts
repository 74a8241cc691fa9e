import type { Decision } from "../core/model/decision.js";

/** A decision that lets everybody through and says what it would have been: nothing speaks, and what would have stands in `shadow`. */
export function asShadow(decision: Decision): Decision {
  const { verdicts, overruled, shadow, degraded, policy } = decision;
  return {
    action: "ALLOW",
    verdicts: [],
    overruled,
    shadow: [...verdicts, ...shadow],
    degraded: degraded.map((each) => ({ ...each, did: "ABSTAIN" })),
    policy,
  };
}
