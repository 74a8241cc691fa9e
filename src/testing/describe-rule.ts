import { describe, it } from "vitest";
import type { Rule } from "../core/rules/rule.js";
import { type AbstainingCase, checkAbstains, checkHostile, checkSpeaks, type SpeakingCase } from "./check-rule.js";

/** When a rule keeps silent and when it speaks, case by case. Name the boundaries. */
export interface RuleTables {
  readonly abstains: { readonly [name: string]: AbstainingCase };
  readonly speaks: { readonly [name: string]: SpeakingCase };
}

/**
 * Describes a rule by two tables, for vitest: one test a case, and what any rule must do beside. Asked twice it answers twice the
 * same, it changes nothing that it is given, reads no clock, stays within its declared limits, never throws on hostile events, and
 * has one line of words for facts that survive JSON.
 *
 * Takes a rule, or a factory whose options all have defaults; a case may bring its own.
 *
 * @example
 * describeRule(failedAttempts, {
 *   abstains: {
 *     "four failures": { history: timeline().login("failure", 4), event: login("pending", { at: minutes(1) }) },
 *   },
 *   speaks: {
 *     "the fifth": { history: timeline().login("failure", 5), event: login("pending", { at: minutes(1) }), says: "FLAG" },
 *     "two, where two are enough": {
 *       rule: failedAttempts({ flagAt: 1, blockAt: 2 }),
 *       history: timeline().login("failure", 2),
 *       event: login("pending", { at: minutes(1) }),
 *       says: "BLOCK",
 *       facts: { failures: 2, limit: 2 },
 *       until: minutes(15),
 *     },
 *   },
 * });
 */
export function describeRule(rule: Rule | (() => Rule), { abstains, speaks }: RuleTables): void {
  const described = typeof rule === "function" ? rule() : rule;
  const variants = [...Object.values(abstains), ...Object.values(speaks)].flatMap((each) => each.rule ?? []);
  describe(described.id, () => {
    describe("abstains", () => {
      for (const [name, each] of Object.entries(abstains)) it(name, () => checkAbstains(each.rule ?? described, each));
    });
    describe("speaks", () => {
      for (const [name, each] of Object.entries(speaks)) it(name, () => checkSpeaks(each.rule ?? described, each));
    });
    it("never throws on hostile events", () => {
      for (const variant of new Set([described, ...variants])) checkHostile(variant);
    });
  });
}
