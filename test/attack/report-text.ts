import { carelessAt, rightWordAt } from "./cast.js";
import type { AttackFigures } from "./figures.js";
import type { AttackReport } from "./verdict.js";

/** A report as text. */
export function reportText(report: AttackReport, problems: readonly string[]): string {
  const { hydra, store, control, bruteForce, spray, honest } = report;
  const width = Math.max(...honest.map(({ who }) => who.length));
  return [
    `THC-Hydra ${hydra} against examples/express on loopback; store: ${store}`,
    "",
    ...attackLines(control),
    "",
    ...attackLines(bruteForce),
    `  the right password is word ${rightWordAt} of the list`,
    "",
    ...attackLines(spray),
    `  the first password is right for account ${carelessAt}; were it right for one of the first few, hydra would be in: no count of failures can know`,
    "",
    "honest people meanwhile",
    ...honest.map(({ who, mustGetIn, attempts, successes }) => {
      const rate = `${successes} of ${attempts}`.padStart(10);
      return `  ${who.padEnd(width)}  ${rate}  ${((100 * successes) / attempts).toFixed(1).padStart(5)} %${mustGetIn ? "" : "  (may be refused)"}`;
    }),
    "",
    ...(problems.length === 0
      ? ["nobody got in who should not, and everybody who should"]
      : problems.map((problem) => `FAILED ${problem}`)),
    "",
  ].join("\n");
}

function attackLines({
  name,
  attempts,
  checks,
  blocked,
  challenged,
  compromised,
  detections,
  locks,
  finished,
  seconds,
}: AttackFigures): string[] {
  const alerts = Object.entries(detections).map(([detector, times]) => `${detector} ${times}`);
  return [
    `${name} (${seconds.toFixed(1)} s${finished ? "" : ", not finished"})`,
    `  attempts ${attempts}, passwords looked at ${checks}, blocked ${blocked}, challenged ${challenged}`,
    `  alerts: ${alerts.join(", ") || "none"}; locks: ${locks}`,
    `  accounts compromised: ${compromised.length}${compromised.length === 0 ? "" : ` (${compromised.join(", ")})`}`,
  ];
}
