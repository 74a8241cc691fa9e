import { describe, it } from "vitest";
import type { Detector } from "../core/detectors/detector.js";
import { checkHostileStream, checkRaises, checkSilent, type SpeakingStream, type StreamCase } from "./check-detector.js";

/** In which streams a detector keeps silent and in which it speaks, case by case. Name the boundaries. */
export interface DetectorTables {
  readonly silent: { readonly [name: string]: StreamCase };
  readonly speaks: { readonly [name: string]: SpeakingStream };
}

/**
 * Describes a detector by two tables of event streams, for vitest: one test a case, and what any detector must do beside. It is raised
 * where the case says and nowhere else, and like a rule it is pure, stays within its declared limits, never throws on hostile events, and has one line of words for facts that survive JSON.
 *
 * Takes a detector, or a factory whose options all have defaults; a case may bring its own.
 *
 * @example
 * describeDetector(bruteForce, {
 *   silent: { "nine failures": { events: timeline().login("failure", 9) } },
 *   speaks: {
 *     "the tenth": {
 *       events: timeline().login("failure", 12),
 *       atEvent: 10,
 *       sinceEvent: 1,
 *       subject: { account: "ann", source: "192.0.2.1" },
 *       facts: { failures: 10 },
 *     },
 *   },
 * });
 */
export function describeDetector(detector: Detector | (() => Detector), { silent, speaks }: DetectorTables): void {
  const described = typeof detector === "function" ? detector() : detector;
  const variants = [...Object.values(silent), ...Object.values(speaks)].flatMap((each) => each.detector ?? []);
  describe(described.id, () => {
    describe("is silent", () => {
      for (const [name, each] of Object.entries(silent)) it(name, () => checkSilent(each.detector ?? described, each));
    });
    describe("speaks", () => {
      for (const [name, each] of Object.entries(speaks)) it(name, () => checkRaises(each.detector ?? described, each));
    });
    it("never throws on hostile events", () => {
      for (const variant of new Set([described, ...variants])) checkHostileStream(variant);
    });
  });
}
