import { count } from "../../core/aggregates/count.js";
import { countDistinct } from "../../core/aggregates/count-distinct.js";
import { accountField, sourceField } from "../../core/aggregates/field.js";
import { frequency } from "../../core/aggregates/frequency.js";
import { byAccount, byAccountAndSource, bySource } from "../../core/aggregates/grouping.js";
import { latest } from "../../core/aggregates/latest.js";
import { attempted, proven, unproven } from "../../core/aggregates/outcome-predicates.js";
import { liftsAt } from "../../core/aggregates/reading.js";
import { bruteForce } from "../../core/detectors/brute-force.js";
import { passwordSpraying } from "../../core/detectors/password-spraying.js";
import { successAfterFailures } from "../../core/detectors/success-after-failures.js";
import { definePolicy, type Policy } from "../../core/engine/policy.js";
import { whileDetected } from "../../core/engine/while-detected.js";
import { disabledAccount } from "../../core/rules/disabled-account.js";
import { failedAttempts } from "../../core/rules/failed-attempts.js";
import { failedProofs } from "../../core/rules/failed-proofs.js";
import { missingMfa } from "../../core/rules/missing-mfa.js";
import { restrictedCountry } from "../../core/rules/restricted-country.js";
import { abstain, block, defineRule, flag, type Rule } from "../../core/rules/rule.js";

const within = { seconds: 60 };
const proofs = latest({ where: proven, by: byAccountAndSource, within: "ever", field: sourceField, limit: 2 });

/** Tells all that it reads of the four kinds of memory: a decision then differs where any reading does. */
const telling = defineRule({
  id: "telling",
  summary: "Reads all four kinds of memory.",
  phase: "before",
  reads: {
    failures: count({ where: unproven, by: byAccountAndSource, within, limit: 6, since: proofs }),
    accounts: countDistinct({ field: accountField, where: attempted, by: bySource, within, limit: 3 }),
    proofs,
    places: frequency({ field: sourceField, where: proven, by: byAccount, within: "ever", limit: 2 }),
  },
  limits: [{ reads: "failures", at: 6, action: "BLOCK" }],
  evaluate({ failures, accounts, proofs, places }) {
    if (failures.value >= 6) return block({ failures: failures.times.map(String) }, liftsAt(failures, 6));
    if (accounts.value + proofs.value + places.value + failures.value === 0) return abstain;
    const counts = places.counts.map((count, i) => `${places.values[i]} ${count} ${places.errors[i]}`);
    return flag({ accounts: accounts.values, last: proofs.times.map(String), counts, failures: failures.times.map(String) });
  },
  explain: () => "what it read",
});

const spraying = passwordSpraying({ limit: 2, within });

const rules: readonly Rule[] = [
  disabledAccount(),
  restrictedCountry({ deny: ["KP"], unknown: "FLAG" }),
  missingMfa({ privilegedAction: "CHALLENGE" }),
  failedAttempts({ flagAt: 2, blockAt: 4, within, challengeAccountAt: 5, accountWithin: { minutes: 2 } }),
  failedProofs({ blockAt: 2, within }),
  whileDetected(spraying, "CHALLENGE"),
  telling,
];

/** A policy with every way to answer, whose limits a short stream reaches. */
export const modelPolicy: Policy = definePolicy({
  id: "model",
  rules,
  detectors: [bruteForce({ limit: 2, within }), spraying, successAfterFailures({ limit: 1, within })],
});

/** What of it a guard asks before it asks its store. */
export const statelessPolicy: Policy = definePolicy({
  id: "model",
  rules: rules.filter(({ phase, reads }) => phase === "before" && Object.keys(reads).length === 0),
});
