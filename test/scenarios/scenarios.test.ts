import { describe, expect, it } from "vitest";
import { detectorCatalogue } from "../../src/core/detectors/catalogue.js";
import { canonicalSource } from "../../src/core/network/canonical-source.js";
import { ruleCatalogue } from "../../src/core/rules/catalogue.js";
import { runEvents } from "../../src/testing/public.js";
import { outcomeOf, readScenario, scenarioNames } from "./read-scenario.js";
import { readClaims } from "./readme-claims.js";

const names = scenarioNames();
const documented = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/;

describe("there is a scenario for", () => {
  it.each(["campaign", ...Object.keys(ruleCatalogue), ...Object.keys(detectorCatalogue)])("%s", (name) => {
    expect(names).toContain(name);
  });

  it("no fewer than eleven stories", () => expect(names.length).toBeGreaterThanOrEqual(11));
});

describe.each(names)("%s", (name) => {
  const { readme, events, policy, expected } = readScenario(name);
  const ids = events.map(({ id }) => id);
  const run = runEvents(events, policy);

  it("comes out as expected", () => expect(outcomeOf(run)).toEqual(expected));

  it("comes out as its README says", () => {
    const claims = readClaims(readme, ids);
    expect(claims.length).toBeGreaterThanOrEqual(4);
    for (const { events: claimed, comesOut } of claims) {
      for (const id of claimed) {
        if (comesOut.startsWith("alert: "))
          expect(expected.detections).toContainEqual(expect.objectContaining({ event: id, detector: comesOut.slice(7) }));
        else expect({ [id]: expected.decisions[id] }).toEqual({ [id]: comesOut });
      }
    }
  });

  it("tells every alert in its README", () => {
    const told = readClaims(readme, ids).filter(({ comesOut }) => comesOut.startsWith("alert: "));
    expect(told.map(({ events: [id], comesOut }) => `${id} ${comesOut.slice(7)}`)).toEqual(
      expected.detections.map(({ event, detector }) => `${event} ${detector}`),
    );
  });

  it("is in order, names each event once, and stays in the documentation's address ranges", () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b));
    for (const { source } of events) {
      if (source.ip === undefined) continue;
      expect(canonicalSource(source.ip) ?? source.ip).toMatch(documented);
    }
  });

  it("shows both sides: something is let in, and something is not or raises an alert", () => {
    const words = Object.values(expected.decisions);
    expect(words).toContain("ALLOW");
    expect(words.some((word) => word !== "ALLOW") || expected.detections.length > 0).toBe(true);
  });
});

describe.each(Object.keys(ruleCatalogue))("the scenario of the rule %s", (rule) => {
  it("has the rule decide", () => {
    expect(Object.values(readScenario(rule).expected.decisions).some((word) => word.endsWith(` by ${rule}`))).toBe(true);
  });
});

describe.each(Object.keys(detectorCatalogue))("the scenario of the detector %s", (detector) => {
  it("raises it, once, about the attacker", () => {
    const raised = readScenario(detector).expected.detections.filter((detection) => detection.detector === detector);
    expect(raised).toHaveLength(1);
    expect(raised[0]!.event).toMatch(/^attack-/);
  });
});

describe("readClaims", () => {
  it("refuses an id that is no event", () => {
    expect(() => readClaims("| `ann-9` | ALLOW | why |", ["ann-1"])).toThrow("`ann-9`, which is no event");
  });

  it("reads ids apart, and a range of one stem", () => {
    const ids = ["a-1", "b-1", "a-2", "a-3"];
    expect(readClaims("| `a-1`, `b-1` | ALLOW | - |\n| `a-1` to `a-3` | BLOCK by x | - |", ids)).toEqual([
      { events: ["a-1", "b-1"], comesOut: "ALLOW" },
      { events: ["a-1", "a-2", "a-3"], comesOut: "BLOCK by x" },
    ]);
  });
});
