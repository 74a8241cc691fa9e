import { describe, expect, it } from "vitest";
import { bruteForce } from "../../../src/core/detectors/brute-force.js";
import { passwordSpraying } from "../../../src/core/detectors/password-spraying.js";
import { successAfterFailures } from "../../../src/core/detectors/success-after-failures.js";
import { userEnumeration } from "../../../src/core/detectors/user-enumeration.js";
import { whileDetected } from "../../../src/core/engine/while-detected.js";
import { checkAbstains } from "../../../src/testing/check-rule.js";
import { describeRule, hours, login, minutes, passwordReset, registration, timeline, unlock } from "../../../src/testing/public.js";

const victim = (number: number) => ({ account: `victim${number}` });
const spray = (count: number) => timeline().login("failure", count, victim);
const later = { at: minutes(5) };

describeRule(whileDetected(passwordSpraying(), "BLOCK"), {
  abstains: {
    "4 accounts": { history: spray(4), event: login("pending", later) },
    "the first of 5 accounts has just left the hour": { history: spray(5), event: login("pending", { at: hours(1) }) },
    "another source": { history: spray(5), event: login("pending", { ip: "192.0.2.2", ...later }) },
    "a source without a readable address": { history: spray(5), event: login("pending", { ip: "999.1.1.1", ...later }) },
    "a shared address from which as many got in": {
      history: timeline()
        .login("success", 5, (number) => ({ account: `colleague${number}` }))
        .login("failure", 5, victim),
      event: login("pending", later),
    },
    "a familiar device behind the same address": {
      history: timeline().login("success", { device: "ann-laptop" }).login("failure", 6, victim),
      event: login("pending", { device: "ann-laptop", ...later }),
    },
    "an unlock": { history: spray(5), event: unlock(later) },
    "a class of 19 that logs in at once": {
      history: Array.from({ length: 19 }, (_, number) => login("pending", { ...victim(number), at: number })),
      event: login("pending", { at: 30 }),
    },
  },
  speaks: {
    "20 accounts under way at once": {
      history: Array.from({ length: 20 }, (_, number) => login("pending", { ...victim(number), at: number })),
      event: login("pending", { at: 30 }),
      says: "BLOCK",
      facts: { atOnce: 20, limit: 20 },
      explains: "20 failed or under way at once; the limit is 20",
    },
    "4 that failed and 16 under way": {
      history: [...spray(4), ...Array.from({ length: 16 }, (_, number) => login("pending", { ...victim(number + 10), at: minutes(1) }))],
      event: login("pending", later),
      says: "BLOCK",
      facts: { atOnce: 20 },
    },
    "5 accounts": {
      history: spray(5),
      event: login("pending", later),
      says: "BLOCK",
      facts: { accounts: 5, limit: 5, admitted: 0, targets: ["victim1", "victim2", "victim3", "victim4", "victim5"] },
      until: hours(1),
      explains: "one source failed on 5 accounts and got into 0; the limit is 5",
    },
    "the first of 5 accounts is about to leave the hour": {
      history: spray(5),
      event: login("pending", { at: hours(1) - 1 }),
      says: "BLOCK",
    },
    "even with the right password": { history: spray(5), event: login("success", later), says: "BLOCK" },
    "a registration from the same source": { history: spray(5), event: registration("success", later), says: "BLOCK" },
    "a reset from the same source": { history: spray(5), event: passwordReset("success", later), says: "BLOCK" },
    "a familiar device of one account, on another account": {
      history: timeline().login("success", { device: "ann-laptop" }).login("failure", 6, victim),
      event: login("pending", { account: "bob", device: "ann-laptop", ...later }),
      says: "BLOCK",
    },
  },
});

describeRule(whileDetected(userEnumeration(), "CHALLENGE"), {
  abstains: {
    "4 names": {
      history: timeline().registration("failure", 4, (number) => ({ ...victim(number), failure: "account-exists" })),
      event: login("pending", later),
    },
  },
  speaks: {
    "5 names": {
      history: timeline().registration("failure", 5, (number) => ({ ...victim(number), failure: "account-exists" })),
      event: login("pending", later),
      says: "CHALLENGE",
      facts: { names: 5 },
      until: hours(1),
    },
  },
});

describeRule(whileDetected(bruteForce({ limit: 3 }), "FLAG"), {
  abstains: {
    "2 failures": { history: timeline().login("failure", 2), event: login("pending", later) },
    "attempts not concluded are no pattern yet": { history: timeline().login("pending", 3), event: login("pending", later) },
  },
  speaks: {
    "3 failures": { history: timeline().login("failure", 3), event: login("pending", later), says: "FLAG", until: minutes(15) },
  },
});

describe("whileDetected", () => {
  it("is called after its detector", () => {
    expect(whileDetected(bruteForce(), "BLOCK").id).toBe("while-brute-force");
  });

  it("never says that a pattern holds which the detector has not raised", () => {
    const history = timeline().login("failure", 5);
    let rule: ReturnType<typeof whileDetected>;
    try {
      rule = whileDetected(successAfterFailures(), "BLOCK");
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
      return;
    }
    checkAbstains(rule, { history, event: login("pending", later) });
  });
});
