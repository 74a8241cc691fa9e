import { provenFromDevice } from "../aggregates/familiarity.js";
import type { Reads } from "../aggregates/reads.js";
import type { Detector } from "../detectors/detector.js";
import type { SpokenAction } from "../model/action.js";
import { abstain, defineRule, type Rule, speak } from "../rules/rule.js";

/**
 * Turns a detector into a rule: speaks while the pattern holds in the event's own group, so that recognising an attack prevents the
 * rest of it.
 *
 * Lifts when the pattern stops holding. A familiar device (one the application vouches for, proven on this account within 90
 * days) is spared, so that an attacker at a shared address does not lock out its owners. The rule is called `while-` and the
 * detector's id.
 *
 * @throws TypeError for a detector of moments, such as `success-after-failures`.
 * @example
 * whileDetected(passwordSpraying(), "BLOCK").id; //=> "while-password-spraying"
 */
export function whileDetected(detector: Detector, action: SpokenAction): Rule {
  if (detector.momentary)
    throw new TypeError(`\`${detector.id}\` recognises a moment, not a state of affairs: no rule can speak while it lasts`);
  const reads: Reads = { ...detector.reads, familiarDevice: provenFromDevice };
  return defineRule({
    id: `while-${detector.id}`,
    summary: `Speaks while this holds: ${detector.summary}`,
    phase: "before",
    kinds: ["login", "registration", "password-reset"],
    overrulable: true,
    reads,
    limits: detector.limits.map(({ reads, at }) => ({ reads, at, action })),
    gated: () => detector.limits.length > 0,
    evaluate(readings, event) {
      const finding = detector.detect(readings, event);
      if (finding === undefined || readings.familiarDevice!.value > 0) return abstain;
      return speak(action, { ...finding.facts }, finding.until);
    },
    explain: (facts) => detector.explain(facts),
  });
}
