import { userEnumeration } from "../../../src/core/detectors/user-enumeration.js";
import { describeDetector, hours, timeline } from "../../../src/testing/public.js";

const taken = (number: number) => ({ account: `name${number}`, failure: "account-exists" as const });
const unknown = (number: number) => ({ account: `name${number}`, failure: "unknown-account" as const });
const colleague = (number: number) => ({ account: `colleague${number}` });

describeDetector(userEnumeration, {
  silent: {
    "4 names": { events: timeline().registration("failure", 4, taken) },
    "one name asked after 20 times": { events: timeline().registration("failure", 20, { account: "ann", failure: "account-exists" }) },
    "an honest sign-up never counts": { events: timeline().registration("success", 20, (number) => ({ account: `new${number}` })) },
    "a sign-up that fails for another reason never counts": { events: timeline().registration("failure", 20, colleague) },
    "a wrong password tells nobody who exists": {
      events: timeline().login("failure", 20, (number) => ({ account: `name${number}`, failure: "wrong-password" })),
    },
    "the fifth name comes when the first has just left the hour": {
      events: timeline()
        .registration("failure", 4, taken)
        .registration("failure", { ...taken(5), at: hours(1) }),
    },
    "5 names from 5 sources": { events: timeline().login("failure", 5, (number) => ({ ...unknown(number), ip: `192.0.2.${number}` })) },
    "5 names from unreadable addresses": { events: timeline().login("failure", 5, (number) => ({ ...unknown(number), ip: "127.1" })) },
    "a shared office: 6 people misspell their names but 10 get in": {
      events: timeline().login("success", 10, colleague).login("failure", 6, unknown),
    },
    "attempts that are not concluded": { events: timeline().login("pending", 9, unknown) },
  },
  speaks: {
    "the fifth name, by registration": {
      events: timeline().registration("failure", 9, taken),
      atEvent: 5,
      sinceEvent: 1,
      subject: { by: "source", source: "192.0.2.1" },
      facts: { names: 5, limit: 5, probes: ["name1", "name2", "name3", "name4", "name5"] },
      explains: "one source asked after 5 account names; the limit is 5",
    },
    "the fifth name, by login": { events: timeline().login("failure", 5, unknown), atEvent: 5 },
    "the fifth name, by reset": { events: timeline().passwordReset("failure", 5, unknown), atEvent: 5 },
    "the three ways together": {
      events: timeline()
        .registration("failure", 2, taken)
        .login("failure", 2, (number) => unknown(number + 2))
        .passwordReset("failure", unknown(5)),
      atEvent: 5,
    },
    "20 names: the crowd no longer excuses": {
      events: timeline().login("success", 30, colleague).login("failure", 20, unknown),
      atEvent: 50,
    },
    "a name every 14 minutes: raised once, however long it goes on": {
      events: timeline({ every: { minutes: 14 } }).registration("failure", 60, taken),
      atEvent: 5,
    },
    "limits of one's own": { detector: userEnumeration({ limit: 1 }), events: timeline().login("failure", 3, unknown), atEvent: 1 },
  },
});
