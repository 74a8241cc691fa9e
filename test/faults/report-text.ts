import type { FaultFigures } from "./fault-figures.js";
import type { SkewFigures } from "./scenarios/clocks-skewed.js";
import type { ModeFigures } from "./scenarios/four-modes.js";
import type { GuessFigures } from "./scenarios/guesses-while-killed.js";

/** Everything that `npm run faults` found out. */
export interface FaultReport {
  readonly runs: readonly FaultFigures[];
  readonly guesses: readonly GuessFigures[];
  readonly modes: readonly ModeFigures[];
  readonly skews: readonly SkewFigures[];
  /** What was not played, and why. */
  readonly skipped: readonly string[];
}

/** All laws that were broken, each with its run. */
export function brokenLaws({ runs, guesses, modes, skews }: FaultReport): readonly string[] {
  return [
    ...runs.flatMap(({ fault, broken }) => broken.map((law) => `${fault}: ${law}`)),
    ...[...guesses, ...modes, ...skews].flatMap(({ broken }) => broken),
  ];
}

const ms = (milliseconds: number | undefined): string => (milliseconds === undefined ? "-" : milliseconds.toFixed(0));

/** The report as text. */
export function reportText(report: FaultReport): string {
  const { runs, guesses, modes, skews, skipped } = report;
  const broken = brokenLaws(report);
  return [
    ...(runs.length === 0 ? [] : [...table(runHeads, runs.map(runCells)), "", ...legend, ""]),
    ...runs.flatMap(({ fault, notes }) => notes.map((note) => `${fault}: ${note}`)),
    "",
    ...(guesses.length === 0 ? [] : [...table(guessHeads, guesses.map(guessCells)), ""]),
    ...(modes.length === 0 ? [] : [...table(modeHeads, modes.map(modeCells)), ""]),
    ...skews.map(
      ({ skew, said, offStore, detections }) =>
        `clocks ${skew / 60_000} minutes apart: ${said.length} of ${said.length} answers the same, events at most ${ms(offStore)} ms off the store's time, ${detections} detection over both`,
    ),
    ...skipped.map((what) => `skipped ${what}`),
    "",
    ...(broken.length === 0 ? ["every law held"] : broken.map((law) => `BROKEN ${law}`)),
    "",
  ].join("\n");
}

const runHeads = [
  "fault",
  "logins",
  "exc.",
  "slowest",
  "p99",
  "allowed",
  "store",
  "local",
  "nobody",
  "honest in",
  "acked",
  "lost",
  "told late",
  "twice",
  "left open",
  "phantoms",
  "back ms",
];

function runCells(run: FaultFigures): readonly string[] {
  const { fault, logins, exceptions, slowest, p99, deadline, tolerance, begun, honest } = run;
  return [
    fault,
    ...[logins, exceptions.length, ms(slowest), ms(p99), ms(deadline + tolerance), begun.store, begun.local, begun.nobody].map(String),
    `${honest.admitted}/${honest.logins}`,
    ...[run.acknowledged, run.forgotten, run.caughtUp, run.twice, run.leftOpen, run.phantoms, ms(run.backAfter)].map(String),
  ];
}

const legend = [
  "slowest, p99: of a single begin or conclude, ms; allowed: the deadline, and how late this machine made timers in that run (25 ms and twice the longest stall)",
  "store, local, nobody: who counted the begin; acked: failures that the store had acknowledged; lost: those of them that it has forgotten",
  "told late: failures never acknowledged that the store knows all the same; twice: attempts that count twice, a client having sent them again",
  "left open: honest logins whose right end the store never learnt; phantoms: honest logins it was never seen to begin; both stand there as one failure each",
  "back ms: from when the store could be reached again until it counted a login",
];

const guessHeads = [
  "guesses while Redis is killed",
  "rounds",
  "guesses a round",
  "looked at, at most",
  "by the store",
  "by processes",
  "bound",
];

function guessCells({ guards, rounds, guesses, checked, byStore, locally, bound }: GuessFigures): readonly string[] {
  return [`${guards} ${guards === 1 ? "process" : "guards"}`, ...[rounds, guesses, checked, byStore, locally, bound].map(String)];
}

const modeHeads = [
  "store down",
  "of 100 guesses looked at",
  "of 100 honest in",
  "with a captcha",
  "with a second factor",
  "always in `degraded`",
];

function modeCells({ mode, guessesChecked, honestAdmitted, honestWithCaptcha, honestWithFactor, told }: ModeFigures): readonly string[] {
  return [mode, ...[guessesChecked, honestAdmitted, honestWithCaptcha, honestWithFactor].map(String), told ? "yes" : "no"];
}

/** Rows under heads, the first column to the left and all others to the right. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  return [line(heads), ...rows.map(line)];
}
