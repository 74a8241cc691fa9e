import type { Aggregate } from "../aggregates/aggregate.js";
import { crowdCeiling } from "../aggregates/crowd.js";
import { provenFromDevice } from "../aggregates/familiarity.js";
import { failed, unproven } from "../aggregates/outcome-predicates.js";
import type { FrequencyReading, Reading } from "../aggregates/reading.js";
import type { Reads } from "../aggregates/reads.js";
import { redeclared } from "../aggregates/redeclared.js";
import type { Detector } from "../detectors/detector.js";
import type { SpokenAction } from "../model/action.js";
import { abstain, defineRule, type Limit, type Rule, speak } from "../rules/rule.js";

/**
 * Turns a detector into a rule: speaks while the pattern holds in the event's own group, so that recognising an attack prevents the
 * rest of it.
 *
 * A detector waits until attempts are settled; a rule may not, or parallel attempts would all be over before the first of them counts. So where
 * the detector has a limit on failures, the rule also speaks while failures and attempts under way together reach four times that limit - which a
 * crowd that logs in at once seldom does.
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
  const rushes = rushesOf(detector);
  const reads: Reads = {
    ...detector.reads,
    ...Object.fromEntries(rushes.map(({ name, aggregate }) => [name, aggregate])),
    familiarDevice: provenFromDevice,
  };
  const limits: readonly Limit[] = [
    ...detector.limits.map(({ reads, at }) => ({ reads, at, action })),
    ...rushes.map(({ name, at }) => ({ reads: name, at, action })),
  ];
  return defineRule({
    id: `while-${detector.id}`,
    summary: `Speaks while this holds: ${detector.summary}`,
    phase: "before",
    kinds: ["login", "registration", "password-reset"],
    overrulable: true,
    reads,
    limits,
    gated: () => detector.limits.length > 0,
    evaluate(readings, event) {
      if (readings.familiarDevice!.value > 0) return abstain;
      const finding = detector.detect(readings, event);
      if (finding !== undefined) return speak(action, { ...finding.facts }, finding.until);
      const rush = rushes.find(({ name, at }) => readings[name]!.value >= at);
      return rush === undefined ? abstain : speak(action, { atOnce: readings[rush.name]!.value, limit: rush.at });
    },
    explain: (facts) =>
      typeof facts.atOnce === "number"
        ? `${facts.atOnce} failed or under way at once; the limit is ${facts.limit}`
        : detector.explain(facts),
  });
}

/** A limit on failures, taken together with the attempts that are under way. */
interface Rush {
  readonly name: string;
  readonly at: number;
  readonly aggregate: Aggregate;
}

function rushesOf({ reads, limits }: Detector): readonly Rush[] {
  return limits.flatMap(({ reads: read, at: limit }) => {
    const aggregate = reads[read]!;
    const at = limit * crowdCeiling;
    if (aggregate.where !== failed || !countsMatches(aggregate)) return [];
    return [{ name: `${read}AtOnce`, at, aggregate: redeclared(aggregate, { where: unproven, limit: Math.max(at, aggregate.limit) }) }];
  });
}

function countsMatches(aggregate: Aggregate<Reading> | Aggregate<FrequencyReading>): aggregate is Aggregate<Reading> {
  return aggregate.kind === "count" || aggregate.kind === "count-distinct";
}
