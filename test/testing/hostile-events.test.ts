import { describe, expect, it } from "vitest";
import { createDefaultPolicy } from "../../src/core/policies/default.js";
import { explain } from "../../src/core/verbs/explain.js";
import { hostileEvents, runEvents } from "../../src/testing/public.js";

const policy = createDefaultPolicy({
  restrictedCountry: { deny: ["KP"], unknown: "FLAG" },
  maliciousIp: { lists: [{ name: "abuse", addresses: ["203.0.113.0/24"] }] },
});

describe("hostileEvents", () => {
  const events = hostileEvents();

  it("are many, and each an event of its own", () => {
    expect(events.length).toBeGreaterThan(200);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it("hold a property's name, a million characters, a malformed address and a figure that is no number", () => {
    expect(events.some(({ account }) => account.id === "__proto__")).toBe(true);
    expect(events.some(({ account }) => account.id.length === 1_000_000)).toBe(true);
    expect(events.some(({ source }) => source.ip === "999.1.1.1")).toBe(true);
    expect(events.some(({ history }) => Number.isNaN(history?.failedAttempts))).toBe(true);
  });

  it("are decided by the default policy without a rule that throws, in words of one line", () => {
    for (const { decision } of runEvents(events, policy)) {
      expect(decision.degraded.filter(({ kind }) => kind === "rule-error")).toEqual([]);
      for (const line of explain(decision, policy)) expect(line).not.toMatch(/\p{Cc}/u);
    }
  });
});
