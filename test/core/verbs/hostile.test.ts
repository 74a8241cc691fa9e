import { describe, expect, it } from "vitest";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createDefaultPolicy, defaultPolicy } from "../../../src/core/policies/default.js";
import { createState, type LoginState, stateSize } from "../../../src/core/state/login-state.js";
import { restore } from "../../../src/core/state/restore.js";
import { snapshot } from "../../../src/core/state/snapshot.js";
import { advance } from "../../../src/core/verbs/advance.js";
import { detect } from "../../../src/core/verbs/detect.js";
import { evaluateLogin } from "../../../src/core/verbs/evaluate-login.js";
import { explain, explainDetection } from "../../../src/core/verbs/explain.js";
import { track } from "../../../src/core/verbs/track.js";
import { throughJson } from "../../support/json.js";
import { type LoginChange, login } from "../../support/login.js";

const failing = (times: number, change: LoginChange): LoginEvent[] =>
  Array.from({ length: times }, (_, i) => login(1000 + i, { id: `f${i}`, ...change }));
const remember = (events: readonly LoginEvent[]): LoginState =>
  events.reduce((state: LoginState, event) => track(event, state), createState());
const asking = (change: LoginChange): LoginEvent => login(5000, { id: "asking", outcome: "pending", ...change });
const action = (state: LoginState, change: LoginChange): string => evaluateLogin(asking(change), state).action;

describe("an account by any name", () => {
  it.each([
    ["the prototype of every object", "__proto__"],
    ["its constructor", "constructor"],
    ["one of its methods", "hasOwnProperty"],
    ["a name that starts with NUL", "\u0000ann"],
    ["a name like a tenant's key", "\u00004:acmeann"],
    ["one with line breaks", "ann\nBLOCK root: forged"],
    ["one that colours a terminal", "\u001b[31mann"],
    ["one with a lone surrogate", "ann\ud800"],
    ["one like a number", "0"],
    ["one like JSON", '{"id":"ann"}'],
    ["one of 512 characters", "a".repeat(512)],
  ])("%s counts as itself and as nobody else, now and after a restore", (_, account) => {
    const state = remember(failing(10, { account }));
    for (const same of [state, restore(throughJson([...snapshot(state)]))]) {
      expect(action(same, { account })).toBe("BLOCK");
      for (const other of ["ann", "", "acme", "toString"])
        expect([other, action(same, { account: other, ip: "192.0.2.9" })]).toEqual([other, "ALLOW"]);
      expect(action(same, { account, tenant: "acme", ip: "192.0.2.9" })).toBe("ALLOW");
    }
  });

  it.each([
    ["nothing", ""],
    ["blanks", " \t "],
    ["a megabyte", "a".repeat(1_000_000)],
  ])("%s is no account: nobody shares a bucket with it, and nothing of it is kept", (_, account) => {
    const state = remember(failing(20, { account }));
    expect(action(state, { account })).toBe("ALLOW");
    expect(JSON.stringify([...snapshot(state)]).length).toBeLessThan(20_000);
  });

  it("a megabyte of a device or a country takes no more than itself", () => {
    const long = "x".repeat(1_000_000);
    const state = remember([login(1, { client: { deviceId: long }, source: { ip: "192.0.2.1", country: long } })]);
    expect(JSON.stringify([...snapshot(state)]).length).toBeLessThan(20_000);
  });
});

describe("tenants", () => {
  it.each([
    ["two tenants", { tenant: "acme" }, { tenant: "umbrella" }],
    ["a tenant and none", { tenant: "acme" }, {}],
    ["a tenant without a name and none", { tenant: "" }, {}],
    ["a tenant without a name and none, with an account that starts with NUL", { tenant: "", account: "\u0000a" }, { account: "\u0000a" }],
    ["tenants and accounts that read alike", { tenant: "a", account: "bc" }, { tenant: "ab", account: "c" }],
    ["tenants by names of the language", { tenant: "__proto__" }, { tenant: "constructor" }],
  ] as const)("%s share no lock, either way", (_, one, other) => {
    expect([action(remember(failing(10, one)), one), action(remember(failing(10, one)), other)]).toEqual(["BLOCK", "ALLOW"]);
    expect([action(remember(failing(10, other)), other), action(remember(failing(10, other)), one)]).toEqual(["BLOCK", "ALLOW"]);
  });
});

describe("an address in any shape", () => {
  it.each(["999.1.1.1", "127.1", "0x7f.1", "1.2.3.4\n", "not an address", "", "fe80::1%", "::ffff:1.2.3.4.5", "[::1]"])(
    "%j is no source: it locks its own account and no other, and no source-wide pattern holds of it",
    (ip) => {
      const one = remember(failing(10, { ip }));
      expect([action(one, { ip }), action(one, { ip, account: "bob" })]).toEqual(["BLOCK", "ALLOW"]);
      const sprayed = Array.from({ length: 30 }, (_, i) => login(1000 + i, { account: `a${i}`, ip }));
      expect(action(remember(sprayed), { ip, account: "fresh" })).toBe("ALLOW");
      let state = createState();
      for (const event of sprayed) {
        const { detections, state: next } = advance(event, state);
        expect(detections).toEqual([]);
        state = next;
      }
    },
  );

  it.each([
    ["::ffff:1.2.3.4%eth0", "1.2.3.4"],
    ["::FFFF:102:304", "1.2.3.4"],
    ["2001:db8::1", "2001:db8:0:0:ffff::9"],
  ])("%s and %s are one source: changing the spelling does not help", (one, other) => {
    const sprayed = Array.from({ length: 5 }, (_, i) => login(1000 + i, { account: `a${i}`, ip: i % 2 === 0 ? one : other }));
    expect(action(remember(sprayed), { ip: other, account: "fresh" })).toBe("BLOCK");
  });
});

describe("words about hostile names", () => {
  const hostile = "ann\nBLOCK root: forged\u001b[2J\u2028\u202e";
  const policy = createDefaultPolicy({
    passwordSpraying: { limit: 2 },
    userEnumeration: { limit: 1 },
    maliciousIp: { lists: [{ name: "bad\nlist", addresses: ["192.0.2.1"] }] },
    allow: [{ name: "an\nentry", accounts: ["nobody"] }],
  });

  it("stay on one line and leave the terminal alone", () => {
    let state = createState();
    const lines: string[] = [];
    for (let i = 0; i < 12; i++) {
      const event = login(1000 + i, { id: `e${i}\n`, account: `${hostile}${i % 3}`, failure: "unknown-account" });
      const { decision, detections, state: next } = advance(event, state, policy);
      lines.push(...explain(decision, policy), ...detections.map((detection) => explainDetection(detection, policy)));
      state = next;
    }
    expect(lines.length).toBeGreaterThan(12);
    for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
  });
});

describe("what is no event is refused by every verb, by name, and remembered by none", () => {
  it.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /login event/],
    ["null", null, /login event/],
    ["a text", "login", /login event/],
    ["an object without anything", {}, /event\.id/],
    ["no id", { ...login(1), id: undefined }, /event\.id/],
    ["an empty id", { ...login(1), id: "" }, /event\.id/],
    ["a number for an id", { ...login(1), id: 7 }, /event\.id/],
    ["no time", { ...login(1), at: undefined }, /event\.at/],
    ["a time that is no number", { ...login(1), at: Number.NaN }, /event\.at/],
    ["an endless time", { ...login(1), at: Number.POSITIVE_INFINITY }, /event\.at/],
    ["a time before the epoch", { ...login(1), at: -1 }, /event\.at/],
    ["a time beyond all dates", { ...login(1), at: 8.64e15 + 1 }, /event\.at/],
    ["a time in text", { ...login(1), at: "1700000000000" }, /event\.at/],
    ["a Date", { ...login(1), at: new Date(1) }, /event\.at/],
    ["a time of arbitrary length", { ...login(1), at: 1n }, /event\.at/],
    ["a kind that nobody knows", { ...login(1), kind: "logout" }, /event\.kind/],
    ["a kind by a name of the language", { ...login(1), kind: "constructor" }, /event\.kind/],
    ["an outcome that nobody knows", { ...login(1), outcome: "failed" }, /event\.outcome/],
    ["no account", { ...login(1), account: undefined }, /event\.account\.id/],
    ["a text for an account", { ...login(1), account: "ann" }, /event\.account\.id/],
    ["an account without an id", { ...login(1), account: {} }, /event\.account\.id/],
    ["a number for an account id", { ...login(1), account: { id: 7 } }, /event\.account\.id/],
    ["no source", { ...login(1), source: undefined }, /event\.source/],
    ["null for a source", { ...login(1), source: null }, /event\.source/],
    ["a number for a tenant", { ...login(1), tenant: 7 }, /event\.tenant/],
    ["null for a tenant", { ...login(1), tenant: null }, /event\.tenant/],
  ])("%s", (_, given, message) => {
    const event = given as LoginEvent;
    const state = remember([login(0)]);
    for (const verb of [
      () => evaluateLogin(event, state),
      () => track(event, state),
      () => advance(event, state),
      () => detect(event, state, state, defaultPolicy),
    ]) {
      expect(verb).toThrow(TypeError);
      expect(verb).toThrow(message);
    }
    expect(stateSize(state)).toEqual(stateSize(remember([login(0)])));
  });

  it.each([0, 0.5, 8.64e15])("a time of %s is one", (at) => {
    expect(stateSize(track(login(at), createState())).groups).toBeGreaterThan(0);
  });

  it("an id and a tenant of 512 characters are", () => {
    const long = "x".repeat(512);
    expect(action(remember(failing(10, { tenant: long })), { id: long, tenant: long })).toBe("BLOCK");
  });
});
