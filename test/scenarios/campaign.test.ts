import { describe, expect, it } from "vitest";
import { actions } from "../../src/core/model/action.js";
import { explain, explainDetection } from "../../src/core/verbs/explain.js";
import { minutes, runEvents } from "../../src/testing/public.js";
import { readScenario } from "./read-scenario.js";

const { readme, events, policy } = readScenario("campaign");
const run = runEvents(events, policy);
const isAttack = (id: string): boolean => id.startsWith("attack-");
const attack = run.filter(({ event }) => isAttack(event.id));
const honest = run.filter(({ event }) => !isAttack(event.id));

/** The number in a sentence of the README. */
function claimed(sentence: RegExp): number {
  const found = sentence.exec(readme)?.[1];
  if (found === undefined) throw new Error(`the README of the campaign has no sentence like ${sentence}`);
  return Number(found);
}

describe("the campaign is what it says it is", () => {
  it("nine failed logins over victim1 to victim6 and three probes through registration, from one source, in 28 minutes", () => {
    const logins = attack.filter(({ event }) => event.kind === "login");
    const probes = attack.filter(({ event }) => event.kind === "registration");
    expect(logins.map(({ event }) => event.outcome)).toEqual(Array(9).fill("failure"));
    expect(probes.map(({ event }) => [event.outcome, event.failure])).toEqual(Array(3).fill(["failure", "account-exists"]));
    expect(attack).toHaveLength(12);
    const victims = new Set(attack.map(({ event }) => event.account.id));
    expect([...victims].sort()).toEqual(["victim1", "victim2", "victim3", "victim4", "victim5", "victim6"]);
    expect(new Set(attack.map(({ event }) => event.source.ip)).size).toBe(1);
    expect(attack.at(-1)!.event.at - attack[0]!.event.at).toBe(minutes(28));
  });

  it("a dozen honest people and more, from other addresses, all through it", () => {
    const people = new Set(honest.filter(({ event }) => event.account.type === "human").map(({ event }) => event.account.id));
    expect(people.size).toBeGreaterThanOrEqual(12);
    expect(honest.some(({ event }) => event.source.ip === attack[0]!.event.source.ip)).toBe(false);
    expect(honest.filter(({ event }) => event.outcome === "failure")).toHaveLength(3);
    const office = honest.filter(({ event }) => event.source.ip === "198.51.100.40").map(({ event }) => event.account.id);
    expect(new Set(office).size).toBe(4);
    for (const window of [0, 7, 14, 21]) {
      const from = attack[0]!.event.at + minutes(window);
      expect(honest.some(({ event }) => event.at >= from && event.at < from + minutes(7))).toBe(true);
    }
  });
});

describe("of the campaign comes out that", () => {
  it("every honest login is ALLOW, and nothing of it could not be judged", () => {
    for (const { event, decision } of honest) expect([event.id, decision.action, decision.degraded]).toEqual([event.id, "ALLOW", []]);
  });

  it("the first alert comes at the attempt that the README names", () => {
    const first = attack.findIndex(({ detections }) => detections.length > 0) + 1;
    expect(first).toBe(claimed(/first alert comes at attempt (\d+)/));
    expect(run.flatMap(({ detections }) => detections)).toHaveLength(1);
  });

  it("the first block comes at the attempt that the README names, and all later attempts are blocked", () => {
    const first = attack.findIndex(({ decision }) => decision.action === "BLOCK") + 1;
    expect(first).toBe(claimed(/first block\s+comes at attempt (\d+)/));
    expect(attack.slice(first - 1).every(({ decision }) => decision.action === "BLOCK")).toBe(true);
  });

  it("nobody is compromised: nobody gets in from that source", () => {
    expect(attack.some(({ event }) => event.outcome === "success")).toBe(false);
  });

  it.each(actions)("as many are %s as the README counts", (action) => {
    expect(run.filter(({ decision }) => decision.action === action)).toHaveLength(claimed(new RegExp(`\\| ${action}\\s+\\| (\\d+)`)));
  });

  it("the words are an operator's", () => {
    const [alert] = run.flatMap(({ detections }) => detections);
    expect(explainDetection(alert!, policy)).toBe("one source failed on 5 accounts and got into 0; the limit is 5");
    expect(explain(attack.at(-1)!.decision, policy)).toEqual([
      "BLOCK while-password-spraying: one source failed on 6 accounts and got into 0; the limit is 5",
    ]);
  });

  it("the decisions are the same when blocked attempts are taken not to have happened, but for the count in their facts", () => {
    const simulated = runEvents(events, policy, "simulated");
    expect(simulated.map(({ decision }) => decision.action)).toEqual(run.map(({ decision }) => decision.action));
    expect(simulated.flatMap(({ detections }) => detections)).toEqual(run.flatMap(({ detections }) => detections));
  });
});
