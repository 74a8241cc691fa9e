import type { Policy } from "../../core/engine/policy.js";
import { actions } from "../../core/model/action.js";
import type { Summary } from "../summary.js";
import type { TopCounts } from "../top-counts.js";
import { bar, counted, figure, toWidth } from "./columns.js";
import type { Paint } from "./paint.js";
import { printable } from "./printable.js";
import { showSpan, showTime } from "./times.js";

const barWidth = 30;
const topRows = 5;

/** A summary as a person reads it: what happened, by action, rule, alert, source and account, and what could not be judged or read. */
export function summaryText(summary: Summary, policy: Policy, paint: Paint): string {
  const blocks = [heading(summary, policy, paint), byAction(summary, paint), byRule(summary, paint), alerts(summary, paint)];
  blocks.push(
    top("not simply allowed, by source", summary.bySource, paint),
    top("not simply allowed, by account", summary.byAccount, paint),
  );
  blocks.push(rows("could not be judged in full", summary.degraded, paint), rows("skipped lines", summary.skipped, paint));
  if (summary.malformed > 0) blocks.push(`${paint.strong("malformed lines")}  ${figure(summary.malformed)}\n`);
  return blocks.filter((block) => block !== "").join("\n");
}

function heading({ logins, first, last }: Summary, policy: Policy, paint: Paint): string {
  const over = first === undefined || last === undefined ? "" : ` over ${showSpan(last - first)}, ${showTime(first)} to ${showTime(last)}`;
  return `${paint.strong(`${counted(logins, "event")} judged by policy ${printable(policy.id)} ${printable(policy.version)}`)}${over}\n`;
}

function byAction({ byAction, logins }: Summary, paint: Paint): string {
  return actions
    .map((action) => {
      const count = byAction[action];
      return `  ${paint.action(action, toWidth(action, 10))}${figure(count).padStart(9)}  ${paint.action(action, bar(count, logins, barWidth))}\n`;
    })
    .join("");
}

function byRule({ byRule }: Summary, paint: Paint): string {
  if (byRule.size === 0) return "";
  const lines = [...byRule]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([rule, counts]) => {
      const said = actions
        .filter((action) => counts[action] > 0)
        .map((action) => `${paint.action(action, action)} ${figure(counts[action])}`);
      return `  ${toWidth(printable(rule), 34)}${said.join(", ")}\n`;
    });
  return `${paint.strong("by rule")}\n${lines.join("")}`;
}

function alerts({ byDetector }: Summary, paint: Paint): string {
  return byDetector.size === 0 ? `${paint.strong("alerts")}  none\n` : rows("alerts", byDetector, paint);
}

function rows(title: string, counts: ReadonlyMap<string, number>, paint: Paint): string {
  if (counts.size === 0) return "";
  const lines = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, count]) => `  ${toWidth(printable(name), 44)}${figure(count).padStart(9)}\n`);
  return `${paint.strong(title)}\n${lines.join("")}`;
}

function top(title: string, counts: TopCounts, paint: Paint): string {
  const names = counts.top(topRows);
  if (names.length === 0) return "";
  const most = names[0]![1];
  const lines = names.map(
    ([name, count]) => `  ${toWidth(printable(name), 34)}${figure(count).padStart(9)}  ${paint.faint(bar(count, most, barWidth))}\n`,
  );
  return `${paint.strong(`${title}${counts.approximate() ? " (at least)" : ""}`)}\n${lines.join("")}`;
}
