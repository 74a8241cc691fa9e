import { Engine, type RuleProperties } from "json-rules-engine";
import type { LoginEvent } from "../../src/index.js";
import { deniedCountries, maliciousAddresses } from "../input/decision-events.js";
import type { BareDecision } from "./if-chain.js";

const fact = (name: string, operator: string, value: unknown): { fact: string; operator: string; value: unknown } => ({
  fact: name,
  operator,
  value,
});

const rule = (type: string, ...all: ReturnType<typeof fact>[]): RuleProperties => ({ conditions: { all }, event: { type } });

/** The order in which reasons are listed where two are equally strict: by rule id. */
const byId = (a: string, b: string): number => (a < b ? -1 : 1);

/** The six rules in json-rules-engine, facts flat and given at each run: the quickest way to ask it that its manual has. */
export function jsonRulesEngine(): Engine {
  return new Engine([
    rule("disabled-account", fact("status", "notEqual", "active")),
    rule("failed-attempts", fact("failedAttempts", "greaterThanInclusive", 5)),
    rule("malicious-ip", fact("ip", "in", maliciousAddresses)),
    rule("missing-mfa", fact("outcome", "equal", "success"), fact("type", "notEqual", "service"), fact("mfaEnrolled", "equal", false)),
    rule("restricted-country", fact("country", "in", deniedCountries)),
    rule("service-account", fact("type", "equal", "service"), fact("interactive", "equal", true)),
  ]);
}

/** Decides with json-rules-engine. `failures` stands in for the event's own figure where a limiter counted. */
export async function decideByJsonRules(engine: Engine, event: LoginEvent, failures: number): Promise<BareDecision> {
  const { account, source } = event;
  const { events } = await engine.run({
    status: account.status,
    type: account.type,
    mfaEnrolled: account.mfaEnrolled,
    interactive: event.interactive,
    outcome: event.outcome,
    ip: source.ip,
    country: source.country,
    failedAttempts: failures,
  });
  if (events.length === 0) return { decision: "ALLOW", reasons: [] };
  const blocks: string[] = [];
  const flags: string[] = [];
  for (const { type } of events) {
    if (type === "missing-mfa" || (type === "failed-attempts" && failures < 10)) flags.push(type);
    else blocks.push(type);
  }
  return { decision: blocks.length > 0 ? "BLOCK" : "FLAG", reasons: [...blocks.sort(byId), ...flags.sort(byId)] };
}
