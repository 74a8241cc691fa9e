import { describe, expect, it } from "vitest";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { isPlainRow, readPlainRow } from "../../src/schema/plain-row.js";

const read = (json: unknown, rowNumber = 1) => {
  const reading = readPlainRow(json, rowNumber);
  return reading.ok ? reading : reading.issues.map(({ path, message }) => `${path}: ${message}`);
};
const eventOf = (json: unknown): LoginEvent => {
  const reading = readPlainRow(json, 1);
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  return reading.event;
};
const smallest: LoginEvent = {
  id: "row-1",
  at: 0,
  kind: "login",
  outcome: "success",
  account: { id: "ann" },
  interactive: true,
  source: {},
};

describe("isPlainRow", () => {
  it.each<unknown>([
    { user: "ann" },
    { User: "ann" },
    { user_name: "ann", country: "NO" },
    { account: "ann" },
    { email: "ann@example.com", source: "web" },
    { user: null },
  ])("%j is one", (json) => expect(isPlainRow(json)).toBe(true));

  it.each<unknown>([
    { id: "1", account: { id: "ann" }, source: {} },
    { user: "ann", source: { ip: "192.0.2.7" } },
    { user: "ann", account: {} },
    { country: "NO" },
    {},
    [],
    [{ user: "ann" }],
    null,
    undefined,
    "user",
    1,
    JSON.parse('{ "__proto__": { "user": "ann" } }'),
    { [`user${"_".repeat(100)}`]: "ann" },
  ])("%j is none", (json) => expect(isPlainRow(json)).toBe(false));
});

describe("readPlainRow", () => {
  it("reads the rows of the exercise, in snake case", () => {
    const row = {
      user: "alice",
      country: "North Korea",
      ip: "203.0.113.9",
      failed_attempts: 6,
      mfa_enabled: false,
      account_disabled: false,
      is_service_account: false,
    };
    expect(read(row, 7)).toStrictEqual({
      ok: true,
      timed: false,
      event: {
        id: "row-7",
        at: 0,
        kind: "login",
        outcome: "success",
        account: { id: "alice", status: "active", type: "human", mfaEnrolled: false },
        interactive: true,
        source: { ip: "203.0.113.9", country: "KP" },
        history: { failedAttempts: 6 },
      },
    });
  });

  it("reads the same in camel case, and in words", () => {
    const snake = { user_name: "ann", failed_attempts: 1, is_service_account: true };
    expect(eventOf({ userName: "ann", failedAttempts: 1, isServiceAccount: true })).toStrictEqual(eventOf(snake));
    expect(eventOf({ "User Name": "ann", "Failed-Attempts": 1, IsServiceAccount: true })).toStrictEqual(eventOf(snake));
  });

  it("takes a row for a login at a form that asks whether it may go in", () => expect(eventOf({ user: "ann" })).toStrictEqual(smallest));

  it.each<[object, Partial<LoginEvent>]>([
    [{ timestamp: "2026-03-30T15:54:19Z" }, { at: 1_774_886_059_000 }],
    [{ time: 1_774_886_059_000 }, { at: 1_774_886_059_000 }],
    [{ account_disabled: true }, { account: { id: "ann", status: "disabled" } }],
    [{ account_locked: true }, { account: { id: "ann", status: "locked" } }],
    [{ account_locked: true, account_disabled: true }, { account: { id: "ann", status: "disabled" } }],
    [{ account_locked: false }, { account: { id: "ann", status: "active" } }],
    [{ account_status: "Expired" }, { account: { id: "ann", status: "expired" } }],
    [{ status: "active" }, { account: { id: "ann", status: "active" } }],
    [{ status: "failed" }, { outcome: "failure" }],
    [{ account_disabled: false, account_status: "locked" }, { account: { id: "ann", status: "locked" } }],
    [{ is_service_account: true }, { account: { id: "ann", type: "service" } }],
    [{ account_type: "service" }, { account: { id: "ann", type: "service" } }],
    [{ is_admin: true }, { account: { id: "ann", privileged: true } }],
    [{ interactive: false }, { interactive: false }],
    [{ outcome: "failure" }, { outcome: "failure" }],
    [{ result: "Succeeded" }, { outcome: "success" }],
    [{ success: false }, { outcome: "failure" }],
    [{ failure_reason: "wrong_password" }, { outcome: "failure", failure: "wrong-password" }],
    [{ success: true, failure_reason: "error" }, { outcome: "success" }],
    [{ device_id: "d1", user_agent: "curl/8" }, { client: { deviceId: "d1", userAgent: "curl/8" } }],
    [{ asn: "AS64500" }, { source: { asn: 64_500 } }],
    [{ asn: 64_500 }, { source: { asn: 64_500 } }],
    [{ country: "NO" }, { source: { country: "NO" } }],
    [{ country: "norway" }, { source: { country: "NO" } }],
    [{ country: "Atlantis" }, { source: { country: "Atlantis" } }],
    [{ ip_address: "not one" }, { source: { ip: "not one" } }],
    [{ tenant: "acme" }, { tenant: "acme" }],
    [{ failed_attempts: 0 }, { history: { failedAttempts: 0 } }],
    [{ ip: null, country: "", mfa_enabled: null }, {}],
    [{ password: "hunter2", shoe_size: 38 }, {}],
  ])("%j", (cells, says) => expect(eventOf({ user: "ann", ...cells })).toStrictEqual({ ...smallest, ...says }));

  it.each<[object, string]>([
    [{ user: "ann" }, "ann"],
    [{ username: "ann" }, "ann"],
    [{ account: "ann" }, "ann"],
    [{ email: "ann@example.com" }, "ann@example.com"],
    [{ user: "ann", email: "ann@example.com" }, "ann"],
    [{ user_id: 42 }, "42"],
    [{ user: "__proto__" }, "__proto__"],
  ])("%j is the account %s", (row, id) => expect(eventOf(row).account.id).toBe(id));

  it("says whether the row has a time", () => {
    expect(read({ user: "ann", at: 1_774_886_059_000 })).toMatchObject({ timed: true });
    expect(read({ user: "ann", at: null })).toMatchObject({ timed: false });
  });

  it.each<[unknown, string]>([
    [null, ": expected a row: an object with a field such as `user`"],
    [[], ": expected a row: an object with a field such as `user`"],
    [{}, "user: expected a text, got nothing"],
    [{ user: "" }, "user: expected a text, got nothing"],
    [{ user: null }, "user: expected a text, got nothing"],
    [{ user: true }, "user: expected a text, got true"],
    [{ user: { name: "ann" } }, "user: expected a text, got an object"],
    [{ user: "ann", failed_attempts: "3" }, "failed_attempts: expected an integer >= 0, got a text"],
    [{ user: "ann", failedAttempts: -1 }, "failedAttempts: expected an integer >= 0, got a number"],
    [{ user: "ann", failedAttempts: 1.5 }, "failedAttempts: expected an integer >= 0, got a fraction"],
    [{ user: "ann", failedAttempts: JSON.parse("1e999") }, "failedAttempts: expected an integer >= 0, got a number that is not finite"],
    [{ user: "ann", mfa_enabled: "yes" }, "mfa_enabled: expected true or false, got a text"],
    [{ user: "ann", accountDisabled: 1 }, "accountDisabled: expected true or false, got a number"],
    [{ user: "ann", country: 47 }, "country: expected a text, got a number"],
    [{ user: "ann", ip: ["192.0.2.7"] }, "ip: expected a text, got a list"],
    [{ user: "ann", outcome: "maybe" }, "outcome: expected one of success, failure, pending, blocked, got a text"],
    [{ user: "ann", asn: "sixty" }, "asn: expected an autonomous system number such as 64500 or `AS64500`, got a text"],
    [{ user: "ann", time: 1_774_886_059 }, "time: expected epoch milliseconds (100000000000 or more): are these seconds?"],
    [{ user: "ann", time: "2026-03-30 15:54" }, "time: expected a zone at the end of the time, such as `Z` or `+02:00`"],
    [{ user: "ann", time: true }, "time: expected epoch milliseconds or an ISO 8601 time with a zone, got true"],
    [{ user: "ann", mfa_enabled: true, mfaEnabled: false }, "mfaEnabled: expected the same as `mfa_enabled`, got something else"],
  ])("refuses %j", (row, issue) => expect(read(row)).toEqual([issue]));

  it("names every field that is wrong", () => {
    expect(read({ user: 1.5, ip: 1, mfa_enabled: "no" })).toHaveLength(3);
  });

  it("repeats no value, and stands a million characters anywhere", () => {
    const long = "x".repeat(1_000_000);
    expect(read({ user: "ann", outcome: long, mfa_enabled: long, time: long, asn: long, [long]: 1 })).toHaveLength(4);
    expect(eventOf({ user: long, country: long, ip: long }).account.id).toHaveLength(1_000_000);
  });
});
