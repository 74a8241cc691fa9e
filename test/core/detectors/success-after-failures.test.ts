import { successAfterFailures } from "../../../src/core/detectors/success-after-failures.js";
import { describeDetector, minutes, timeline } from "../../../src/testing/public.js";

const guesses = (count: number) => timeline().login("failure", count);

describeDetector(successAfterFailures, {
  silent: {
    "4 failures, then a success": { events: guesses(4).login("success") },
    "5 failures and no success": { events: guesses(20) },
    "the success comes when the first of 5 has just left the window": { events: guesses(5).login("success", { at: minutes(30) }) },
    "the owner gets in elsewhere, amid somebody's guesses": { events: guesses(20).login("success", { ip: "192.0.2.2" }) },
    "the source gets in to another account": { events: guesses(20).login("success", { account: "mallory" }) },
    "3 failures, a success, 3 failures, a success": { events: guesses(3).login("success").login("failure", 3).login("success") },
    "the owner's familiar device, behind the guesser's address": {
      events: timeline().login("success", { device: "laptop" }).login("failure", 9).login("success", { device: "laptop" }),
    },
    "technical errors are no guesses": { events: timeline().login("failure", 9, { failure: "error" }).login("success") },
    "a success that is not proven yet": { events: guesses(5).login("pending") },
    "a success that was blocked": { events: guesses(5).login("blocked") },
  },
  speaks: {
    "5 failures, then a success": {
      events: guesses(5).login("success"),
      atEvent: 6,
      sinceEvent: 1,
      subject: { by: "account-and-source", account: "ann", source: "192.0.2.1" },
      facts: { failures: 5, limit: 5 },
      explains: "a login succeeded after 5 failures from the same source; the limit is 5",
    },
    "the success comes as the first of 5 is about to leave the window": {
      events: guesses(5).login("success", { at: minutes(30) - 1 }),
      atEvent: 6,
    },
    "the logins that follow are no news": { events: guesses(5).login("success", 5), atEvent: 6 },
    "5 failures since the last success": {
      events: guesses(4).login("success").login("failure", 5).login("success"),
      atEvent: 11,
      sinceEvent: 6,
    },
    "a success that was pending first": {
      events: guesses(5)
        .login("pending", { at: minutes(1) })
        .login("success", { at: minutes(1) }),
      atEvent: 7,
    },
    "an IPv6 /64 is one source": {
      events: timeline()
        .login("failure", 5, (number) => ({ ip: `2001:db8:0:1::${number}` }))
        .login("success", { ip: "2001:db8:0:1::ffff" }),
      atEvent: 6,
    },
    "a device that nobody has seen before does not excuse": {
      events: guesses(5).login("success", { device: "new" }),
      atEvent: 6,
    },
    "a familiar device that keeps failing itself": {
      events: timeline()
        .login("success", { device: "laptop" })
        .login("failure", 5, { device: "laptop" })
        .login("success", { device: "laptop" }),
      atEvent: 7,
      sinceEvent: 2,
    },
    "limits of one's own": { detector: successAfterFailures({ limit: 1 }), events: guesses(1).login("success"), atEvent: 2 },
  },
});
