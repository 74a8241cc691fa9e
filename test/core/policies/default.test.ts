import { describe, expect, it } from "vitest";
import { detectorCatalogue } from "../../../src/core/detectors/catalogue.js";
import type { Policy } from "../../../src/core/engine/policy.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createDefaultPolicy, defaultPolicy } from "../../../src/core/policies/default.js";
import { ruleCatalogue } from "../../../src/core/rules/catalogue.js";
import { type RunEntry, runEvents, timeline } from "../../../src/testing/public.js";

const victim = (number: number) => ({ account: `victim${number}` });
const crowd = (number: number) => ({ ip: `203.0.113.${number}` });
const home = { ip: "198.51.100.7", device: "ann-laptop" };

const last = (events: Iterable<LoginEvent>, policy: Policy = defaultPolicy): RunEntry => runEvents(events, policy).at(-1)!;
const rulesOf = ({ decision }: RunEntry): string[] => decision.verdicts.map(({ rule }) => rule);

describe("the default policy", () => {
  it("holds every rule and detector of the library, and blocks a source while it sprays or enumerates", () => {
    const rules = [...Object.keys(ruleCatalogue), "while-password-spraying", "while-user-enumeration"];
    expect(defaultPolicy.rules.map(({ id }) => id).sort()).toEqual(rules.sort());
    expect(defaultPolicy.detectors.map(({ id }) => id).sort()).toEqual(Object.keys(detectorCatalogue).sort());
  });

  it("lets an ordinary login in with nothing to remark", () => {
    const { decision, detections } = last(timeline().login("success"));
    expect(decision).toEqual({
      action: "ALLOW",
      verdicts: [],
      overruled: [],
      shadow: [],
      degraded: [],
      policy: { id: "default", version: "1" },
    });
    expect(detections).toEqual([]);
  });

  it("says what it could not judge of a bare login, and lets it in", () => {
    const { decision } = last(timeline().login("success", { account: { id: "ann" }, source: {} }));
    expect(decision.action).toBe("ALLOW");
    expect(decision.degraded.map(({ rule, detail }) => `${rule} ${detail}`)).toEqual([
      "disabled-account account.status",
      "missing-mfa factors",
      "service-account account.type",
    ]);
  });

  it("asks a stranger for a proof under account-wide pressure from 20 sources, and never blocks", () => {
    const run = runEvents(timeline().login("failure", 200, crowd));
    expect(new Set(run.slice(0, 20).map(({ decision }) => decision.action))).toEqual(new Set(["ALLOW"]));
    expect(new Set(run.slice(20).map(({ decision }) => decision.action))).toEqual(new Set(["CHALLENGE"]));
    expect(run[20]!.decision.require).toEqual(["captcha"]);
  });

  it("lets the owner in on a familiar device under that pressure", () => {
    expect(last(timeline().login("success", home).login("failure", 200, crowd).login("success", home)).decision.action).toBe("ALLOW");
  });

  it("folds the challenge away where nobody can challenge, and keeps the verdict's word", () => {
    const { decision } = last(timeline().login("failure", 20, crowd).login("pending"), createDefaultPolicy({ withoutChallenge: "FLAG" }));
    expect(decision.action).toBe("FLAG");
    expect(decision.verdicts.map(({ action }) => action)).toEqual(["CHALLENGE"]);
    expect(decision.require).toBeUndefined();
  });

  it("flags a pair from its fifth failure and blocks it after its tenth, for whoever holds the password", () => {
    const actions = runEvents(timeline().login("failure", 10).login("success")).map(({ decision }) => decision.action);
    expect(actions).toEqual([...Array(5).fill("ALLOW"), ...Array(5).fill("FLAG"), "BLOCK"]);
  });

  it("blocks a sprayer from its sixth account on, at every door", () => {
    const run = runEvents(timeline().login("failure", 6, victim).registration("failure", victim(7)).passwordReset("success", victim(8)));
    expect(run.map(({ decision }) => decision.action)).toEqual([...Array(5).fill("ALLOW"), "BLOCK", "BLOCK", "BLOCK"]);
    expect(run.flatMap(({ detections }) => detections.map(({ detector, eventId }) => [detector, eventId]))).toEqual([
      ["password-spraying", run[4]!.event.id],
    ]);
  });

  it("keeps blocking the sprayer when blocked attempts are taken not to have happened", () => {
    const run = runEvents(timeline().login("failure", 60, victim), defaultPolicy, "simulated");
    expect(run.slice(5).every(({ decision }) => decision.action === "BLOCK")).toBe(true);
    expect(run.flatMap(({ detections }) => detections)).toHaveLength(1);
  });

  it("spares a familiar device behind the sprayer's address", () => {
    const address = { ip: home.ip };
    const entry = last(
      timeline()
        .login("success", home)
        .login("failure", 9, (number) => ({ ...victim(number), ...address }))
        .login("success", home),
    );
    expect(entry.decision.action).toBe("ALLOW");
  });

  it("blocks a source while it enumerates", () => {
    const probes = timeline().registration("failure", 5, (number) => ({ ...victim(number), failure: "account-exists" }));
    expect(rulesOf(last(probes.login("success")))).toEqual(["while-user-enumeration"]);
  });

  it("never takes 50 honest sign-ups from one address for anything", () => {
    const run = runEvents(
      timeline()
        .registration("success", 50, (number) => ({ account: `new${number}` }))
        .login("success"),
    );
    expect(run.every(({ decision, detections }) => decision.action === "ALLOW" && detections.length === 0)).toBe(true);
  });

  it("takes no failed registration for a failed login", () => {
    const run = runEvents(timeline().registration("failure", 50, { account: "ann" }).login("success"));
    expect(run.every(({ decision, detections }) => decision.action === "ALLOW" && detections.length === 0)).toBe(true);
  });

  it("leaves a shared office alone: 6 people mistype but 10 get in", () => {
    const colleague = (number: number) => ({ account: `colleague${number}` });
    const run = runEvents(timeline().login("success", 10, colleague).login("failure", 6, colleague).login("success", 10, colleague));
    expect(run.every(({ decision, detections }) => decision.action === "ALLOW" && detections.length === 0)).toBe(true);
  });

  it("tells of a success after guesses, even where it is let in", () => {
    const { decision, detections } = last(timeline().login("failure", 5).login("success"));
    expect(decision.action).toBe("FLAG");
    expect(detections.map(({ detector, severity }) => [detector, severity])).toEqual([["success-after-failures", "critical"]]);
  });
});

describe("createDefaultPolicy", () => {
  it("hands options on to rules and detectors", () => {
    const policy = createDefaultPolicy({
      failedAttempts: { flagAt: 1, blockAt: 2 },
      restrictedCountry: { deny: ["KP"], unknown: "ABSTAIN" },
      maliciousIp: { lists: [{ name: "abuse", addresses: ["192.0.2.66"] }] },
      missingMfa: { action: "BLOCK" },
      serviceAccount: { action: "FLAG" },
    });
    expect(rulesOf(last(timeline().login("failure", 2).login("pending"), policy))).toEqual(["failed-attempts"]);
    const worst = timeline().login("success", {
      account: { id: "job", status: "expired", type: "service" },
      interactive: true,
      source: { ip: "192.0.2.66", country: "KP" },
    });
    expect(rulesOf(last(worst, policy)).sort()).toEqual(["disabled-account", "malicious-ip", "restricted-country", "service-account"]);
    expect(last(timeline().login("success", { factors: ["pwd"] }), policy).decision.action).toBe("BLOCK");
  });

  it("takes an id, a version and an allow-list of one's own", () => {
    const policy = createDefaultPolicy({ id: "shop", version: "7", allow: [{ name: "our office", sources: ["192.0.2.0/24"] }] });
    const { decision } = last(timeline().login("failure", 10).login("pending"), policy);
    expect(decision.policy).toEqual({ id: "shop", version: "7" });
    expect(decision.action).toBe("ALLOW");
    expect(decision.overruled.map(({ rule, allowedBy }) => [rule, allowedBy])).toEqual([["failed-attempts", "our office"]]);
  });

  it("refuses what its rules refuse", () => {
    expect(() => createDefaultPolicy({ failedAttempts: { flagAt: 11 } })).toThrow(RangeError);
    expect(() => createDefaultPolicy({ modes: { "no-such-rule": "off" } })).toThrow(RangeError);
  });
});
