import { count } from "../../src/core/aggregates/count.js";
import { countDistinct } from "../../src/core/aggregates/count-distinct.js";
import { accountField, sourceField } from "../../src/core/aggregates/field.js";
import { frequency } from "../../src/core/aggregates/frequency.js";
import { byAccount, byAccountAndSource, bySource } from "../../src/core/aggregates/grouping.js";
import { latest } from "../../src/core/aggregates/latest.js";
import { attempted, failed, proven, unproven } from "../../src/core/aggregates/outcome-predicates.js";
import { liftsAt } from "../../src/core/aggregates/reading.js";
import { bruteForce } from "../../src/core/detectors/brute-force.js";
import { passwordSpraying } from "../../src/core/detectors/password-spraying.js";
import { definePolicy, type Policy } from "../../src/core/engine/policy.js";
import { whileDetected } from "../../src/core/engine/while-detected.js";
import { abstain, block, defineRule, flag } from "../../src/core/rules/rule.js";

const within = { seconds: 20 };
const proofs = latest({ where: proven, by: byAccountAndSource, within: "ever", field: sourceField, limit: 2 });

const busy = defineRule({
  id: "busy",
  summary: "Reads all four kinds of memory and says something on nearly every event.",
  phase: "before",
  overrulable: true,
  reads: {
    failures: count({ where: unproven, by: byAccountAndSource, within, limit: 3, since: proofs }),
    accounts: countDistinct({ field: accountField, where: attempted, by: bySource, within, limit: 2 }),
    proofs,
    places: frequency({ field: sourceField, where: proven, by: byAccount, within: "ever", limit: 2 }),
  },
  limits: [{ reads: "failures", at: 3, action: "BLOCK" }],
  evaluate({ failures, accounts, proofs, places }) {
    if (failures.value >= 3) return block({ failures: failures.value }, liftsAt(failures, 3));
    if (accounts.value + proofs.value + places.value + failures.value === 0) return abstain;
    const counts = places.counts.map((count, i) => `${places.values[i]} ${count} ${places.errors[i]}`);
    return flag({ accounts: accounts.values, last: proofs.times.map(String), counts, failures: failures.times.map(String) });
  },
  explain: () => "busy",
});

const spraying = passwordSpraying({ limit: 2, within });

/** A policy that remembers a count, a count of distinct values, a latest and a frequency, and detects within seconds. */
export const fourKinds: Policy = definePolicy({
  id: "four-kinds",
  rules: [busy, whileDetected(spraying, "CHALLENGE")],
  detectors: [bruteForce({ limit: 3, within }), spraying, failedOften()],
});

function failedOften(): ReturnType<typeof bruteForce> {
  const { explain, ...detector } = bruteForce({ limit: 2, within: { seconds: 5 } });
  return { ...detector, id: "failed-often", on: failed, explain };
}
