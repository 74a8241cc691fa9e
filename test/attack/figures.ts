import { type HydraRun, hydraAgent } from "./hydra.js";
import type { LogLine } from "./target.js";

/** What one attack came to: by the server's own log, and by what hydra says. */
export interface AttackFigures {
  readonly name: string;
  /** Login forms that hydra sent. */
  readonly attempts: number;
  /** Passwords of it that were really looked at. */
  readonly checks: number;
  readonly blocked: number;
  readonly challenged: number;
  /** Accounts for which it was given a session, or which it lists as found. */
  readonly compromised: readonly string[];
  readonly detections: { readonly [detector: string]: number };
  readonly locks: number;
  readonly finished: boolean;
  readonly seconds: number;
}

/** Reads the figures of an attack off the part of the log that it left. */
export function attackFigures(name: string, log: readonly LogLine[], run: HydraRun): AttackFigures {
  const begun = log.filter(({ what, phase, agent }) => what === "decision" && phase === "before" && hydraAgent.test(String(agent)));
  const attempts = new Set(begun.map(({ attempt }) => attempt));
  const ofHydra = log.filter(({ attempt }) => attempts.has(attempt));
  const opened = ofHydra.filter(({ what }) => what === "session").map(({ account }) => String(account));
  return {
    name,
    attempts: attempts.size,
    checks: ofHydra.filter(({ what }) => what === "password-check").length,
    blocked: begun.filter(({ action }) => action === "BLOCK").length,
    challenged: begun.filter(({ action }) => action === "CHALLENGE").length,
    compromised: [...new Set([...opened, ...run.found.map(({ account }) => account)])].sort(),
    detections: countBy(log.flatMap(({ what, detector }) => (what === "detection" ? [String(detector)] : []))),
    locks: log.filter(({ what, change }) => what === "lock" && change === "locked").length,
    finished: run.finished,
    seconds: run.seconds,
  };
}

function countBy(names: readonly string[]): { readonly [name: string]: number } {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
