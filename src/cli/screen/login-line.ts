import type { Policy } from "../../core/engine/policy.js";
import type { Decision } from "../../core/model/decision.js";
import type { Detection } from "../../core/model/detection.js";
import type { LoginEvent } from "../../core/model/login-event.js";
import { explainDetection, wordFacts } from "../../core/verbs/explain.js";
import { toWidth } from "./columns.js";
import type { Paint } from "./paint.js";
import { printable } from "./printable.js";
import { showTime } from "./times.js";

/** How a login is shown on a screen: one line, and a line for each alert that it raised. */
export interface LoginLines {
  readonly login: (event: LoginEvent, decision: Decision, when: string) => string;
  readonly alert: (detection: Detection) => string;
}

/** Lines for one policy, whose rules word their own facts. */
export function loginLines(policy: Policy, paint: Paint): LoginLines {
  return {
    login(event, decision, when) {
      const who = toWidth(printable(event.account.id, 60) || "(no account)", 18);
      const from = toWidth(printable(event.source.ip ?? "-", 45), 17);
      const action = paint.action(decision.action, toWidth(decision.action, 9));
      const reasons = reasonsOf(decision, policy);
      const line = `${paint.faint(when)}  ${action}  ${who}  ${from}  ${toWidth(happening(event), 23)}`;
      return `${reasons === "" ? line.trimEnd() : `${line}  ${reasons}`}\n`;
    },
    alert(detection) {
      const about = subjectOf(detection);
      const words = printable(explainDetection(detection, policy));
      const head = paint.severity(detection.severity, `▲ ${detection.severity} ${detection.detector}`);
      return `${paint.faint(showTime(detection.at))}  ${head}  ${about}: ${words} ${paint.faint(`(${detection.technique}, since ${showTime(detection.since)})`)}\n`;
    },
  };
}

/** What happened, in a few words: `success`, `failed: wrong-password`, `registration failed`. */
function happening({ kind, outcome, failure }: LoginEvent): string {
  const result = outcome === "failure" ? "failed" : outcome;
  if (kind !== "login") return `${kind} ${result}`;
  return outcome === "failure" && failure !== undefined ? `${result}: ${failure}` : result;
}

function reasonsOf({ verdicts, overruled, shadow }: Decision, policy: Policy): string {
  return [
    ...verdicts.map((verdict) => `${verdict.rule}: ${printable(wordFacts(verdict, policy))}`),
    ...overruled.map((verdict) => `${verdict.rule} overruled by ${printable(verdict.allowedBy)}`),
    ...shadow.map((verdict) => `in shadow ${verdict.action} ${verdict.rule}: ${printable(wordFacts(verdict, policy))}`),
  ].join("; ");
}

/** Whose behaviour a detection is about: `ann from 192.0.2.1`. */
export function subjectOf({ subject }: Detection): string {
  const { account, source, device, tenant } = subject;
  const parts = [
    account,
    source === undefined ? undefined : account === undefined ? source : `from ${source}`,
    device && `on ${device}`,
    tenant && `in ${tenant}`,
  ];
  return printable(parts.filter((part) => part !== undefined && part !== "").join(" ") || subject.by, 120);
}
