import { passwordSpraying } from "../../../src/core/detectors/password-spraying.js";
import { describeDetector, hours, timeline } from "../../../src/testing/public.js";

const victim = (number: number) => ({ account: `victim${number}` });
const colleague = (number: number) => ({ account: `colleague${number}` });

describeDetector(passwordSpraying, {
  silent: {
    "4 accounts": { events: timeline().login("failure", 4, victim) },
    "4 accounts, many tries each": { events: timeline().login("failure", 40, (number) => victim(number % 4)) },
    "the fifth account comes when the first has just left the hour": {
      events: timeline()
        .login("failure", 4, victim)
        .login("failure", { account: "victim5", at: hours(1) }),
    },
    "an account every 15 minutes: 4 in any hour": { events: timeline({ every: { minutes: 15 } }).login("failure", 100, victim) },
    "5 spellings of one account": {
      events: timeline().login("failure", 5, (number) => ({ account: ["ann", "ANN", " ann", "Ann", "ａnn"][number - 1]! })),
    },
    "5 accounts from 5 sources": { events: timeline().login("failure", 5, (number) => ({ ...victim(number), ip: `192.0.2.${number}` })) },
    "5 accounts from unreadable addresses are no shared bucket": {
      events: timeline().login("failure", 5, (number) => ({ ...victim(number), ip: "999.1.1.1" })),
    },
    "5 accounts without an address": { events: timeline().login("failure", 5, (number) => ({ ...victim(number), source: {} })) },
    "technical errors are no guesses": { events: timeline().login("failure", 9, (number) => ({ ...victim(number), failure: "error" })) },
    "no registration counts as a failed login": {
      events: timeline().registration("failure", 9, (number) => ({ ...victim(number), failure: "account-exists" })),
    },
    "a shared office: 6 people mistype but 10 get in": {
      events: timeline().login("success", 10, colleague).login("failure", 6, colleague),
    },
    "a shared office: 19 accounts fail, 19 got in": {
      events: timeline().login("success", 19, colleague).login("failure", 19, victim),
    },
    "5 accounts fail and 5 got in": { events: timeline().login("success", 5, colleague).login("failure", 5, victim) },
  },
  speaks: {
    "the fifth account": {
      events: timeline().login("failure", 9, victim),
      atEvent: 5,
      sinceEvent: 1,
      subject: { by: "source", source: "192.0.2.1" },
      facts: { accounts: 5, limit: 5, admitted: 0, targets: ["victim1", "victim2", "victim3", "victim4", "victim5"] },
      explains: "one source failed on 5 accounts and got into 0; the limit is 5",
    },
    "the fifth account comes as the first is about to leave the hour": {
      events: timeline()
        .login("failure", 4, victim)
        .login("failure", { account: "victim5", at: hours(1) - 1 }),
      atEvent: 5,
    },
    "accounts that do not exist count as well": {
      events: timeline().login("failure", 5, (number) => ({ ...victim(number), failure: "unknown-account" })),
      atEvent: 5,
    },
    "5 accounts fail and 4 got in": {
      events: timeline().login("success", 4, colleague).login("failure", 5, victim),
      atEvent: 9,
      facts: { accounts: 5, admitted: 4 },
    },
    "one account of one's own, used again and again, buys nothing": {
      events: timeline().login("success", 20, { account: "mallory" }).login("failure", 5, victim),
      atEvent: 25,
      facts: { admitted: 1 },
    },
    "20 accounts: the crowd no longer excuses": {
      events: timeline().login("success", 30, colleague).login("failure", 20, victim),
      atEvent: 50,
      facts: { accounts: 20, admitted: 20 },
    },
    "an account every 14 minutes: raised once, however long it goes on": {
      events: timeline({ every: { minutes: 14 } }).login("failure", 100, victim),
      atEvent: 5,
    },
    "again after a whole hour without it": {
      events: timeline().login("failure", 5, victim).wait({ hours: 1 }).login("failure", 5, victim),
      atEvent: [5, 10],
    },
    "an IPv4-mapped address is the same source": {
      events: timeline().login("failure", 5, (number) => ({ ...victim(number), ip: number % 2 === 0 ? "192.0.2.1" : "::ffff:c000:201" })),
      atEvent: 5,
    },
    "an IPv6 /64 is one source": {
      events: timeline().login("failure", 5, (number) => ({ ...victim(number), ip: `2001:db8:0:1::${number}` })),
      atEvent: 5,
      subject: { source: "2001:db8:0:1::/64" },
    },
    "limits of one's own": {
      detector: passwordSpraying({ limit: 2, within: { minutes: 1 } }),
      events: timeline().login("failure", 3, victim),
      atEvent: 2,
    },
  },
});
