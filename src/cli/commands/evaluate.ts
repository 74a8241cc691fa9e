import type { Policy } from "../../core/engine/policy.js";
import type { Action } from "../../core/model/action.js";
import type { LoginEvent } from "../../core/model/login-event.js";
import { createState } from "../../core/state/login-state.js";
import type { Advanced } from "../../core/verbs/advance.js";
import { createTracker } from "../../core/verbs/create-tracker.js";
import { evaluateLogin } from "../../core/verbs/evaluate-login.js";
import { exitCode } from "../exit-code.js";
import { MalformedInput } from "../input/malformed-input.js";
import { openLog } from "../input/open-log.js";
import { readLog } from "../input/read-log.js";
import { loginLines } from "../screen/login-line.js";
import { makePaint } from "../screen/paint.js";
import { printable } from "../screen/printable.js";
import { makeProgress } from "../screen/progress.js";
import { summaryText } from "../screen/summary-text.js";
import { showTime } from "../screen/times.js";
import { runningSummary } from "../summary.js";
import { summaryJson } from "../summary-json.js";
import type { Terminal } from "../terminal.js";
import { type EvaluateOptions, readEvaluateOptions } from "./evaluate-options.js";

/** `portcullis evaluate`: judges every login of the logs named, in their order, and says what the policy makes of each. */
export async function evaluateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = await readEvaluateOptions(args);
  const judge = judging(options.policy);
  const summary = runningSummary();
  const show = showing(options, terminal);
  let [malformed, rowsBefore] = [0, 0];
  for (const file of options.files) {
    const log = await openLog(file, options.format, terminal);
    const year = options.year ?? log.guessedYear;
    if (log.format === "openssh" && options.year === undefined) {
      terminal.err(
        `portcullis: ${printable(log.name)}: where a time has no year, the log is taken to begin in ${year}; --year says otherwise\n`,
      );
    }
    const progress = makeProgress(terminal, log.size);
    const rowsOfEarlierLogs = rowsBefore;
    let [events, bytes] = [0, 0];
    const onBytes = (count: number): void => {
      bytes += count;
    };
    for await (const entries of readLog({ format: log.format, bytes: log.bytes, year, rowsBefore: rowsOfEarlierLogs, onBytes })) {
      rowsBefore += entries.length;
      for (const entry of entries) {
        if (entry.kind === "skipped") {
          summary.skipped(entry.reason);
        } else if (entry.kind === "malformed") {
          const where = `${log.name}:${entry.line}: ${entry.reason}`;
          if (options.strict) throw new MalformedInput(where);
          if (malformed++ < shownMalformed) terminal.err(`portcullis: skipped ${printable(where)}\n`);
          summary.malformed();
        } else {
          const { decision, detections } = judge(entry.event, entry.timed);
          summary.judged(entry.event, decision, detections, entry.timed);
          const text = show(entry.event, decision, detections, entry.timed);
          progress.tick(++events, bytes);
          if (text !== "") {
            progress.clear();
            await terminal.out(text);
          }
        }
      }
    }
    progress.clear();
  }
  if (malformed > shownMalformed)
    terminal.err(`portcullis: skipped ${malformed - shownMalformed} more malformed lines; --strict stops at the first\n`);
  if (options.json && options.summary) await terminal.out(`${JSON.stringify(summaryJson(summary.result(), options.policy))}\n`);
  if (!options.json)
    await terminal.out(`${options.summary ? "" : "\n"}${summaryText(summary.result(), options.policy, makePaint(terminal.colour))}`);
  return exitCode.done;
}

const shownMalformed = 5;

type Judged = Omit<Advanced, "state">;

/** Judges events one after the other; a row without a time has no history, so it is judged on an empty state. */
function judging(policy: Policy): (event: LoginEvent, timed: boolean) => Judged {
  const tracker = createTracker({ policy });
  return (event, timed) => (timed ? tracker.advance(event) : { decision: evaluateLogin(event, createState(), policy), detections: [] });
}

/** What is printed for one login: nothing, a JSON object, or a line and its alerts. Alerts are shown whatever `--show` says. */
function showing(
  options: EvaluateOptions,
  terminal: Terminal,
): (event: LoginEvent, decision: Judged["decision"], detections: Judged["detections"], timed: boolean) => string {
  const wanted: ReadonlySet<Action> = new Set(options.show);
  if (options.json) {
    return (event, decision, detections) => {
      if (options.summary || (!wanted.has(decision.action) && detections.length === 0)) return "";
      return `${JSON.stringify({ event, decision, detections })}\n`;
    };
  }
  const lines = loginLines(options.policy, makePaint(terminal.colour));
  return (event, decision, detections, timed) => {
    const alerts = detections.map(lines.alert).join("");
    if (options.summary || !wanted.has(decision.action)) return alerts;
    return lines.login(event, decision, timed ? showTime(event.at) : event.id.padEnd(20)) + alerts;
  };
}
