import type { Facts } from "../core/model/facts.js";
import { isSame } from "./ask-twice.js";

/**
 * Checks what every rule and detector owes: facts that survive JSON, and one line of words for them without a full stop.
 *
 * @returns the words
 * @throws Error naming what is wrong
 */
export function checkWords(facts: Facts, explain: (facts: Facts) => string): string {
  if (!isSame(JSON.parse(JSON.stringify(facts)), facts)) throw new Error(`facts are not JSON-safe: ${describeFacts(facts)}`);
  const words = explain(facts);
  if (typeof words !== "string" || words.trim() === "") throw new Error("`explain` has no words for these facts");
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(words)) throw new Error(`\`explain\` gives more than one line: ${JSON.stringify(words)}`);
  if (words.endsWith(".")) throw new Error(`\`explain\` ends in a full stop: ${JSON.stringify(words)}`);
  if (/undefined|\[object |NaN/.test(words)) throw new Error(`\`explain\` words a fact that is not there: ${JSON.stringify(words)}`);
  return words;
}

/** Checks facts against those expected; facts that are not named may be what they like. */
export function checkFacts(facts: Facts, expected: Facts): void {
  for (const [name, value] of Object.entries(expected)) {
    if (!Object.hasOwn(facts, name) || !isSame(facts[name], value)) {
      throw new Error(`expected the fact ${name} to be ${JSON.stringify(value)}, got ${describeFacts(facts)}`);
    }
  }
}

/** Checks words against those expected. */
export function checkExplanation(words: string, expected: string | undefined): void {
  if (expected !== undefined && words !== expected) {
    throw new Error(`expected the explanation ${JSON.stringify(expected)}, got ${JSON.stringify(words)}`);
  }
}

/** Facts on one line, for a message. */
export function describeFacts(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === "number" ? value : JSON.stringify(value)}`)
    .join(", ");
}
