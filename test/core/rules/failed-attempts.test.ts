import { describe, expect, it } from "vitest";
import { failedAttempts } from "../../../src/core/rules/failed-attempts.js";
import { days, describeRule, hours, login, minutes, seconds, timeline } from "../../../src/testing/public.js";

// failures at 0 s, 1 s, 2 s, ... of ann from 192.0.2.1
const failures = (count: number) => timeline().login("failure", count);
const next = login("pending", { at: minutes(5) });
const mapped = { ip: "::ffff:192.0.2.1" };
const host = (number: number) => ({ ip: `2001:db8:0:1::${number}` });

describeRule(failedAttempts, {
  abstains: {
    "4 failures": { history: failures(4), event: next },
    "the fifth has just left the window": { history: failures(5), event: login("pending", { at: minutes(15) }) },
    "a proven login forgives the pair": { history: failures(10).login("success"), event: next },
    "an unlock forgives": { history: failures(10).unlock(), event: next },
    "a technical error is no failed guess": { history: timeline().login("failure", 10, { failure: "error" }), event: next },
    "blocked attempts never count": { history: timeline().login("blocked", 30), event: next },
    "failed registrations are no failed logins": { history: timeline().registration("failure", 10), event: next },
    "failed resets are no failed logins": { history: timeline().passwordReset("failure", 10), event: next },
    "another source failed": { history: failures(10), event: login("pending", { ip: "192.0.2.2", at: minutes(5) }) },
    "another account failed": { history: failures(10), event: login("pending", { account: "bob", at: minutes(5) }) },
    "another tenant's account of that name failed": { history: failures(10), event: login("pending", { tenant: "two", at: minutes(5) }) },
    "the next IPv6 /64 failed": {
      history: timeline().login("failure", 10, host),
      event: login("pending", { ip: "2001:db8:0:2::1", at: minutes(5) }),
    },
    "a malformed address is never a shared bucket": {
      history: timeline().login("failure", 10, { account: "bob", ip: "999.1.1.1" }),
      event: login("pending", { account: "ann", ip: "999.1.1.1", at: minutes(5) }),
    },
    "10 begun, each concluded by a technical error": {
      history: timeline()
        .login("pending", 10)
        .login("failure", 10, (number) => ({ at: seconds(number - 1), failure: "error" })),
      event: next,
    },
    "the event's own reservation": { history: failures(4).login("pending", { at: minutes(5) }), event: next },
    "a figure of 4 from outside": { event: login("pending", { history: { failedAttempts: 4 } }) },
  },
  speaks: {
    "5 failures": {
      history: failures(5),
      event: next,
      says: "FLAG",
      facts: { failures: 5, limit: 5, scope: "this source" },
      until: minutes(15),
      explains: "5 failed attempts on the account from this source; the limit is 5",
    },
    "9 failures": { history: failures(9), event: next, says: "FLAG", facts: { failures: 9 }, until: minutes(15) + seconds(4) },
    "10 failures": { history: failures(10), event: next, says: "BLOCK", facts: { failures: 10, limit: 10 }, until: minutes(15) },
    "the tenth is about to leave the window": { history: failures(10), event: login("pending", { at: minutes(15) - 1 }), says: "BLOCK" },
    "the tenth has just left the window": {
      history: failures(10),
      event: login("pending", { at: minutes(15) }),
      says: "FLAG",
      facts: { failures: 9 },
    },
    "more than 10 failures lift when 9 are left": {
      history: failures(30),
      event: next,
      says: "BLOCK",
      facts: { failures: 10 },
      until: minutes(15) + seconds(20),
    },
    "the right password is blocked as the wrong one is": {
      history: failures(10),
      event: login("success", { at: minutes(5) }),
      says: "BLOCK",
    },
    "10 parallel guesses that are not concluded": { history: timeline().login("pending", 10), event: next, says: "BLOCK" },
    "an IPv4-mapped address is the same source": { history: timeline().login("failure", 10, mapped), event: next, says: "BLOCK" },
    "an IPv6 /64 is the same source": {
      history: timeline().login("failure", 10, host),
      event: login("pending", { ip: "2001:db8:0:1:ffff::", at: minutes(5) }),
      says: "BLOCK",
    },
    "a malformed address counts within its account": {
      history: timeline().login("failure", 5, { ip: "999.1.1.1" }).login("failure", 5, { source: {} }),
      event: login("pending", { ip: "127.1", at: minutes(5) }),
      says: "BLOCK",
    },
    "the account in another spelling": {
      history: failures(10),
      event: login("pending", { account: " ＡＮＮ ", at: minutes(5) }),
      says: "BLOCK",
    },
    "a proven login of another source forgives this one nothing": {
      history: failures(10).login("success", { ip: "192.0.2.2" }),
      event: next,
      says: "BLOCK",
    },
    "a proven login of another account forgives nothing": {
      history: failures(10).login("success", { account: "mallory" }),
      event: next,
      says: "BLOCK",
    },
    "an unlock forgives nothing that comes after it": { history: failures(2).unlock().login("failure", 5), event: next, says: "FLAG" },
    "an unlock of another account forgives nothing": { history: failures(10).unlock({ account: "bob" }), event: next, says: "BLOCK" },
    "a figure from outside is a floor": {
      event: login("pending", { history: { failedAttempts: 10 } }),
      says: "BLOCK",
      facts: { failures: 10 },
      until: null,
    },
    "a figure from outside takes nothing away": {
      history: failures(6),
      event: login("pending", { at: minutes(5), history: { failedAttempts: 2 } }),
      says: "FLAG",
      facts: { failures: 6 },
    },
    "a figure from outside that is no number takes nothing away": {
      history: failures(10),
      event: login("pending", { at: minutes(5), history: { failedAttempts: Number.NaN } }),
      says: "BLOCK",
    },
    "limits and window of one's own": {
      rule: failedAttempts({ flagAt: 1, blockAt: 2, within: { hours: 6 } }),
      history: failures(2),
      event: login("pending", { at: hours(6) - 1 }),
      says: "BLOCK",
      until: hours(6),
    },
  },
});

describe("failedAttempts refuses", () => {
  it("a FLAG limit above the BLOCK limit", () => {
    expect(() => failedAttempts({ flagAt: 11 })).toThrow("flagAt <= blockAt");
  });

  it.each([{ flagAt: 0 }, { blockAt: 1.5, flagAt: 1 }, { challengeAccountAt: -1 }, { blockAt: 20_000 }])("%j", (options) => {
    expect(() => failedAttempts(options)).toThrow(RangeError);
  });

  it("an empty window", () => {
    expect(() => failedAttempts({ within: { days: days(0) } })).toThrow(RangeError);
  });
});
