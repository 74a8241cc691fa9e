import type { Policy } from "../core/engine/policy.js";
import type { Summary } from "./summary.js";

const topRows = 20;

/** A summary as one JSON object, for machines. Times are ISO 8601; the most frequent sources and accounts come first. */
export function summaryJson(summary: Summary, policy: Policy) {
  const { logins, first, last, byAction, bySource, byAccount, malformed } = summary;
  const named = (counts: readonly (readonly [string, number])[]) => counts.map(([name, count]) => ({ name, count }));
  return {
    policy: { id: policy.id, version: policy.version },
    logins,
    first: first === undefined ? null : new Date(first).toISOString(),
    last: last === undefined ? null : new Date(last).toISOString(),
    byAction,
    byRule: Object.fromEntries(summary.byRule),
    byDetector: Object.fromEntries(summary.byDetector),
    bySource: named(bySource.top(topRows)),
    byAccount: named(byAccount.top(topRows)),
    degraded: Object.fromEntries(summary.degraded),
    skipped: Object.fromEntries(summary.skipped),
    malformed,
  };
}
