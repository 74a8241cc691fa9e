import type { Entries } from "../core/aggregates/entries.js";
import { judge } from "../core/engine/judge.js";
import type { Decision } from "../core/model/decision.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { Cell, GroupRecord } from "../core/state/group-record.js";
import type { GuardContext } from "./context.js";
import type { LockChange } from "./hooks.js";
import { type Located, touched } from "./locate.js";
import type { Written } from "./read-answers.js";

/**
 * The lock that a failure began, if it did: the next attempt like it is blocked now and was not before. Goes by settled failures alone, so that
 * reservations which are taken back later lock nobody; and since a journal puts failures in an order, exactly one guard sees each lock begin.
 */
export function lockBegun(
  context: GuardContext,
  located: Located,
  event: LoginEvent,
  { before, after, changed }: Written,
): LockChange | undefined {
  if (event.outcome !== "failure" || changed === 0) return undefined;
  const next: LoginEvent = { ...event, id: `${event.id} next`, outcome: "pending" };
  const decide = (records: readonly (GroupRecord | undefined)[]): Decision =>
    judge(context.compiled, { event: next, touch: touched(context, located, records.map(withoutPending)), degraded: [] });
  const decision = decide(after);
  if (decision.action !== "BLOCK") return undefined;
  const held = rulesOf(decide(before));
  const rules = rulesOf(decision).filter((rule) => !held.includes(rule));
  if (rules.length === 0) return undefined;
  return { change: "locked", rules, event, ...(decision.retryAt === undefined ? {} : { until: decision.retryAt }) };
}

function rulesOf({ action, verdicts }: Decision): readonly string[] {
  return action === "BLOCK" ? verdicts.filter((verdict) => verdict.action === "BLOCK").map(({ rule }) => rule) : [];
}

function withoutPending(record: GroupRecord | undefined): GroupRecord | undefined {
  return record === undefined ? undefined : { at: record.at, cells: record.cells.map(settledOnly) };
}

function settledOnly(cell: Cell | undefined): Cell | undefined {
  if (cell === undefined || !("pendingAt" in cell) || cell.pendingAt.length === 0) return cell;
  const settled: Entries = { ...cell, pendingAt: [], pendingIds: [], pendingValues: [] };
  return settled;
}
