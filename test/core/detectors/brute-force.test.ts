import { bruteForce } from "../../../src/core/detectors/brute-force.js";
import { describeDetector, minutes, timeline } from "../../../src/testing/public.js";

const every = (seconds: number) => timeline({ every: { seconds } });

describeDetector(bruteForce, {
  silent: {
    "9 failures": { events: timeline().login("failure", 9) },
    "the tenth comes when the first has just left the window": {
      events: timeline()
        .login("failure", 9)
        .login("failure", { at: minutes(15) }),
    },
    "one failure every 100 seconds: 9 in any window": { events: every(100).login("failure", 200) },
    "10 accounts from one source": { events: timeline().login("failure", 10, (number) => ({ account: `victim${number}` })) },
    "10 sources on one account": { events: timeline().login("failure", 10, (number) => ({ ip: `192.0.2.${number}` })) },
    "technical errors are no guesses": { events: timeline().login("failure", 20, { failure: "error" }) },
    "failed registrations and resets are no guesses": { events: timeline().registration("failure", 10).passwordReset("failure", 10) },
    "attempts that are not concluded": { events: timeline().login("pending", 20) },
    "one failure delivered twenty times": { events: timeline().login("failure", 20, { at: 0 }) },
    "9 failures of each of two tenants": {
      events: timeline().login("failure", 9, { tenant: "one" }).login("failure", 9, { tenant: "two" }),
    },
  },
  speaks: {
    "the tenth failure": {
      events: timeline().login("failure", 12),
      atEvent: 10,
      sinceEvent: 1,
      subject: { by: "account-and-source", account: "ann", source: "192.0.2.1" },
      facts: { failures: 10, limit: 10 },
      explains: "10 failed logins on one account from one source; the limit is 10",
    },
    "the tenth comes as the first is about to leave the window": {
      events: timeline()
        .login("failure", 9)
        .login("failure", { at: minutes(15) - 1 }),
      atEvent: 10,
    },
    "one failure every 99 seconds: raised once, however long it goes on": { events: every(99).login("failure", 200), atEvent: 10 },
    "again after a whole window without it": {
      events: timeline().login("failure", 10).wait({ minutes: 15 }).login("failure", 10),
      atEvent: [10, 20],
    },
    "a success in between changes nothing": { events: timeline().login("failure", 9).login("success").login("failure"), atEvent: 11 },
    "parallel guesses, once they are concluded": {
      events: timeline()
        .login("pending", 10)
        .login("failure", 10, (number) => ({ at: (number - 1) * 1_000 })),
      atEvent: 20,
      sinceEvent: 1,
    },
    "an IPv4-mapped address is the same source": {
      events: timeline().login("failure", 5, { ip: "::ffff:192.0.2.1" }).login("failure", 5),
      atEvent: 10,
      subject: { source: "192.0.2.1" },
    },
    "an IPv6 /64 is one source": {
      events: timeline().login("failure", 10, (number) => ({ ip: `2001:db8:0:1::${number}` })),
      atEvent: 10,
      subject: { source: "2001:db8:0:1::/64" },
    },
    "the account in other spellings": {
      events: timeline().login("failure", 5, { account: "ANN" }).login("failure", 5, { account: " ann " }),
      atEvent: 10,
      subject: { account: "ann" },
    },
    "an unreadable address counts within its account": {
      events: timeline().login("failure", 10, { ip: "999.1.1.1" }),
      atEvent: 10,
      subject: { account: "ann", source: "none" },
    },
    "limits of one's own": {
      detector: bruteForce({ limit: 3, within: { minutes: 1 } }),
      events: every(20).login("failure", 9),
      atEvent: 3,
    },
  },
});
