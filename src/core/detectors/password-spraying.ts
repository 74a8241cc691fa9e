import { countDistinct } from "../aggregates/count-distinct.js";
import { crowdCeiling, standsOut } from "../aggregates/crowd.js";
import { unlockedSource } from "../aggregates/familiarity.js";
import { accountField } from "../aggregates/field.js";
import { bySource } from "../aggregates/grouping.js";
import { failed, proven } from "../aggregates/outcome-predicates.js";
import { liftsAt } from "../aggregates/reading.js";
import type { Duration } from "../model/duration.js";
import { type Detector, defineDetector, found, nothing } from "./detector.js";

/** When `passwordSpraying` speaks. */
export interface PasswordSprayingOptions {
  /** Distinct accounts that one source failed on; 5 by default. */
  readonly limit?: number;
  /** An hour by default. */
  readonly within?: Duration;
}

/**
 * Recognises one source trying passwords over many accounts: spraying, and stuffing of leaked pairs.
 *
 * A source from which at least as many accounts got in as failed is taken for a shared address, up to four times the limit. Sources of
 * the defaults: five distinct accounts an hour (Panther; Elastic from five); ATT&CK T1110.003, OWASP OAT-007, AppSensor AE1.
 *
 * @example
 * passwordSpraying().subject.name; //=> "source"
 */
export function passwordSpraying({ limit = 5, within = { hours: 1 } }: PasswordSprayingOptions = {}): Detector {
  const most = limit * crowdCeiling;
  const since = unlockedSource(within);
  const troubled = countDistinct({ field: accountField, where: failed, by: bySource, within, limit: most, since });
  const welcome = countDistinct({ field: accountField, where: proven, by: bySource, within, limit: most, since });
  return defineDetector({
    id: "password-spraying",
    technique: "T1110.003",
    severity: "high",
    summary: "One source tries passwords over many accounts.",
    subject: bySource,
    on: failed,
    reads: { troubled, welcome },
    limits: [{ reads: "troubled", at: limit }],
    detect({ troubled, welcome }) {
      if (!standsOut(troubled, welcome, limit)) return nothing;
      const facts = { accounts: troubled.value, limit, admitted: welcome.value, targets: troubled.values.slice(-limit) };
      return found(facts, { since: troubled.times[0]!, until: liftsAt(troubled, limit) });
    },
    explain: ({ accounts, limit, admitted }) => `one source failed on ${accounts} accounts and got into ${admitted}; the limit is ${limit}`,
  });
}
