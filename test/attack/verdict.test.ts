import { describe, expect, it } from "vitest";
import { type AttackFigures, attackFigures } from "./figures.js";
import type { Fared } from "./honest-people.js";
import type { LogLine } from "./target.js";
import { type AttackReport, problemsOf } from "./verdict.js";

const stopped: AttackFigures = {
  name: "an attack",
  attempts: 500,
  checks: 10,
  blocked: 490,
  challenged: 0,
  compromised: [],
  detections: { "brute-force": 1 },
  locks: 1,
  finished: true,
  seconds: 1,
};
const fared = (successes: number, mustGetIn = true): Fared => {
  return { who: "ann", from: "127.0.0.2", familiar: true, mustGetIn, attempts: 5, successes };
};
const good: AttackReport = {
  hydra: "9.4",
  store: "memory",
  control: { ...stopped, compromised: ["ann"] },
  bruteForce: stopped,
  spray: { ...stopped, checks: 18 },
  honest: [fared(5)],
  sessions: 5,
};

describe("the verdict on an attack", () => {
  it("finds nothing where nobody got in who should not", () => expect(problemsOf(good)).toEqual([]));
  it("forgives a stranger at the attacker's address who was refused", () => {
    expect(problemsOf({ ...good, honest: [fared(5), fared(1, false)], sessions: 6 })).toEqual([]);
  });

  it.each<[string, Partial<AttackReport>, RegExp]>([
    ["an account that was guessed", { bruteForce: { ...stopped, compromised: ["vera"] } }, /got into vera/],
    ["an account that was sprayed", { spray: { ...stopped, compromised: ["staff45"] } }, /got into staff45/],
    ["an attack that broke off", { spray: { ...stopped, finished: false } }, /did not come to the end/],
    ["an attack that never was", { bruteForce: { ...stopped, attempts: 0 } }, /no attack/],
    ["an attack that nobody stopped", { bruteForce: { ...stopped, blocked: 0 } }, /no attack that had to be stopped/],
    ["an eleventh password", { bruteForce: { ...stopped, checks: 11 } }, /11 passwords were looked at/],
    ["a control in which hydra fails as well", { control: stopped }, /its failing says nothing/],
    ["an owner who was kept out", { honest: [fared(4)], sessions: 4 }, /got in 4 times of 5/],
    ["a session that is nobody's", { sessions: 6 }, /opened 6 sessions/],
  ])("finds %s", (_, change, problem) => {
    expect(problemsOf({ ...good, ...change })).toEqual([expect.stringMatching(problem)]);
  });
});

describe("the figures of an attack", () => {
  const line = (what: string, attempt: string, more: { readonly [name: string]: unknown } = {}): LogLine => ({ what, attempt, ...more });
  const begun = (attempt: string, agent: string, action: string): LogLine => line("decision", attempt, { phase: "before", agent, action });
  const hydra = "Mozilla/5.0 (Hydra)";
  const log: readonly LogLine[] = [
    begun("1", hydra, "ALLOW"),
    line("password-check", "1"),
    line("decision", "1", { phase: "after", agent: hydra, action: "BLOCK" }),
    begun("2", hydra, "BLOCK"),
    begun("3", hydra, "CHALLENGE"),
    begun("4", "honest", "ALLOW"),
    line("password-check", "4"),
    line("session", "4", { account: "ann" }),
    { what: "detection", detector: "brute-force" },
    { what: "lock", change: "locked" },
    { what: "lock", change: "unlocked" },
  ];
  const run = { found: [], finished: true, seconds: 2 };

  it("are of its own attempts and nobody else's", () => {
    expect(attackFigures("x", log, run)).toEqual({
      name: "x",
      attempts: 3,
      checks: 1,
      blocked: 1,
      challenged: 1,
      compromised: [],
      detections: { "brute-force": 1 },
      locks: 1,
      finished: true,
      seconds: 2,
    });
  });

  it("count an account as compromised by a session or by what hydra lists, once", () => {
    const found = [
      { account: "vera", password: "x" },
      { account: "zoe", password: "y" },
    ];
    expect(attackFigures("x", [...log, line("session", "1", { account: "vera" })], { ...run, found }).compromised).toEqual(["vera", "zoe"]);
  });
});
