import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllowEntry } from "../../../src/core/engine/allow-list.js";
import { definePolicy, type Policy } from "../../../src/core/engine/policy.js";
import type { Decision } from "../../../src/core/model/decision.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createDefaultPolicy } from "../../../src/core/policies/default.js";
import { block, flag } from "../../../src/core/rules/rule.js";
import { createState, type LoginState } from "../../../src/core/state/login-state.js";
import { advance } from "../../../src/core/verbs/advance.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { track } from "../../../src/core/verbs/track.js";
import { logs } from "../../support/attempts.js";
import { groupsOf } from "../../support/groups-of.js";
import { login } from "../../support/login.js";
import { saying } from "../../support/saying.js";

const overrulable = { overrulable: true } as const;
const rules = [saying("list", block({}), overrulable), saying("throttle", flag({}), overrulable), saying("status", block({}))];

const decide = (allow: readonly AllowEntry[], event: LoginEvent = login(1)): Decision =>
  evaluateLogin(event, createState(), definePolicy({ id: "allowing", rules, allow }));
const said = ({ verdicts, overruled }: Decision): string[] => [
  ...verdicts.map(({ rule }) => rule),
  ...overruled.map(({ rule, allowedBy }) => `${rule} by ${allowedBy}`),
];

const untouched = ["list", "status", "throttle"];
const allOverruled = ["status", "list by x", "throttle by x"];

describe("an allow-list entry overrules exactly what it names", () => {
  it.each<[string, Omit<AllowEntry, "name">, LoginEvent, string[]]>([
    ["one address", { sources: ["192.0.2.1"] }, login(1), allOverruled],
    ["a block that holds the address", { sources: ["192.0.2.0/31"] }, login(1), allOverruled],
    ["a block that ends before it", { sources: ["192.0.2.2/31"] }, login(1), untouched],
    ["an IPv4-mapped spelling", { sources: ["192.0.2.1"] }, login(1, { ip: "::ffff:192.0.2.1" }), allOverruled],
    ["an address within a /64 that is not listed whole", { sources: ["2001:db8::1"] }, login(1, { ip: "2001:db8::2" }), untouched],
    ["no address", { sources: ["0.0.0.0/0", "::/0"] }, login(1, { source: {} }), untouched],
    ["a malformed address", { sources: ["0.0.0.0/0", "::/0"] }, login(1, { ip: "127.1" }), untouched],
    ["an account", { accounts: ["ann"] }, login(1), allOverruled],
    ["an account in another spelling on both sides", { accounts: [" ＡＮＮ "] }, login(1, { account: "Ann" }), allOverruled],
    ["another account", { accounts: ["bob"] }, login(1), untouched],
    ["no account", { accounts: ["ann"] }, login(1, { account: " " }), untouched],
    ["account and address, both must hold", { accounts: ["ann"], sources: ["192.0.2.1"] }, login(1), allOverruled],
    ["the account alone does not do", { accounts: ["ann"], sources: ["192.0.2.9"] }, login(1), untouched],
    ["the address alone does not do", { accounts: ["bob"], sources: ["192.0.2.1"] }, login(1), untouched],
    ["only the rule it names", { sources: ["192.0.2.1"], overrules: ["throttle"] }, login(1), ["list", "status", "throttle by x"]],
    ["nothing, if it names none", { sources: ["192.0.2.1"], overrules: [] }, login(1), untouched],
    ["nobody, with an empty list of addresses", { sources: [] }, login(1), untouched],
    ["nobody, with an empty list of accounts", { accounts: [] }, login(1), untouched],
  ])("%s", (_, entry, event, expected) => {
    expect(said(decide([{ name: "x", ...entry }], event))).toEqual(expected);
  });

  it("the first entry that matches is the one that is named", () => {
    const allow = [
      { name: "bob", accounts: ["bob"] },
      { name: "throttle", accounts: ["ann"], overrules: ["throttle"] },
      { name: "all", sources: ["192.0.2.1"] },
    ];
    expect(said(decide(allow))).toEqual(["status", "list by all", "throttle by throttle"]);
  });

  it("an overruled verdict keeps its word and its facts, beside the entry's name", () => {
    expect(decide([{ name: "x", accounts: ["ann"] }]).overruled[0]).toEqual({ rule: "list", action: "BLOCK", facts: {}, allowedBy: "x" });
  });

  it("holds for an account as its alias makes it, on both sides", () => {
    const alias = (account: string) => account.replaceAll(".", "");
    for (const listed of ["ann.lee", "annlee"]) {
      const policy = definePolicy({ id: "aliased", rules, alias, allow: [{ name: "x", accounts: [listed] }] });
      expect([listed, said(evaluateLogin(login(1, { account: "a.n.n.lee" }), createState(), policy))]).toEqual([listed, allOverruled]);
    }
  });
});

describe("what an allow-list entry must be", () => {
  it.each<[string, AllowEntry, RegExp]>([
    ["not one that matches everybody", { name: "x" }, /`x` matches everybody/],
    ["not with a malformed address", { name: "x", sources: ["192.0.2"] }, /192\.0\.2/],
    ["not with a mask too long", { name: "x", sources: ["192.0.2.0/33"] }, /192\.0\.2\.0\/33/],
    ["not with an account that is none", { name: "x", accounts: [" "] }, /`x`/],
    ["not over a rule that is not there", { name: "x", accounts: ["ann"], overrules: ["nothing"] }, /`nothing`/],
    ["not over a rule that cannot be overruled", { name: "x", accounts: ["ann"], overrules: ["status"] }, /`status`/],
  ])("%s", (_, entry, message) => {
    expect(() => decide([entry])).toThrow(RangeError);
    expect(() => decide([entry])).toThrow(message);
  });

  it.each(["disabled-account", "service-account", "missing-mfa"])("never over %s of the default policy", (id) => {
    expect(() => createDefaultPolicy({ allow: [{ name: "x", accounts: ["ann"], overrules: [id] }] })).toThrow(RangeError);
  });
});

describe("in the default policy", () => {
  const allow = [{ name: "everyone here", sources: ["192.0.2.0/24"] }];
  const [strict, lenient] = [
    createDefaultPolicy({ failedAttempts: { flagAt: 1, blockAt: 2 } }),
    createDefaultPolicy({ failedAttempts: { flagAt: 1, blockAt: 2 }, allow }),
  ];
  const remember = (events: readonly LoginEvent[], policy: Policy): LoginState =>
    events.reduce((state, event) => track(event, state, policy), createState());

  it.each<[string, Partial<LoginEvent>]>([
    ["a disabled account", { account: { id: "ann", status: "disabled" } }],
    ["a person in a service account", { account: { id: "ann", type: "service" }, interactive: true }],
    ["a login without a second factor", { factors: ["pwd"] }],
  ])("%s is stopped as without the entry", (_, change) => {
    const event = { ...login(1, { outcome: "success" }), ...change };
    const { action } = evaluateLogin(event, createState(), lenient);
    expect(action).not.toBe("ALLOW");
    expect(action).toBe(evaluateLogin(event, createState(), strict).action);
  });

  it("tracking goes on: memory and detections are those of the policy without the entry", () => {
    fc.assert(
      fc.property(logs({ maxLength: 30 }), (log) => {
        let [one, other] = [createState(), createState()];
        for (const event of log) {
          const [a, b] = [advance(event, one, lenient), advance(event, other, strict)];
          expect(a.detections).toEqual(b.detections);
          [one, other] = [a.state, b.state];
        }
        expect(groupsOf(one)).toEqual(groupsOf(other));
      }),
      { numRuns: 40 },
    );
  });

  it("what it spares, it spares visibly", () => {
    const state = remember([login(1), login(2)], lenient);
    const decision = evaluateLogin(login(3, { outcome: "pending" }), state, lenient);
    expect([decision.action, decision.overruled.map(({ rule, action, allowedBy }) => `${rule} ${action} ${allowedBy}`)]).toEqual([
      "ALLOW",
      ["failed-attempts BLOCK everyone here"],
    ]);
  });
});
