import { failedAttempts } from "../../../src/core/rules/failed-attempts.js";
import { days, describeRule, hours, login, minutes, seconds, timeline } from "../../../src/testing/public.js";

// the owner has logged in from home once, from a device that the application vouches for
const home = { ip: "198.51.100.7", device: "ann-laptop" };
const owner = timeline().login("success", home);
const crowd = (number: number) => ({ ip: `203.0.113.${number}` });
const besieged = owner.login("failure", 20, crowd);

// the owner against attackers who try to lock the account
describeRule(failedAttempts, {
  abstains: {
    "a familiar device is spared the failures of its own address": {
      history: owner.login("failure", 10, { ip: home.ip }),
      event: login("pending", { ...home, at: minutes(5) }),
    },
    "a familiar device is spared at another address too": {
      history: owner.login("failure", 10, { ip: "192.0.2.9" }),
      event: login("pending", { ip: "192.0.2.9", device: home.device, at: minutes(5) }),
    },
    "the owner's familiar device amid failures from 20 sources": {
      history: besieged,
      event: login("pending", { ...home, at: minutes(5) }),
    },
    "19 failures from 19 sources": { history: owner.login("failure", 19, crowd), event: login("pending", { at: minutes(5) }) },
    "the first of 20 sources has just left the hour": {
      history: timeline().login("failure", 20, crowd),
      event: login("pending", { at: hours(1) }),
    },
    "an unlock forgives what all sources did": { history: besieged.unlock(), event: login("pending", { at: minutes(5) }) },
    "4 failures of a familiar device": {
      history: owner.login("failure", 4, home),
      event: login("pending", { ...home, at: minutes(5) }),
    },
    "a proven login forgives the lane": {
      history: owner.login("failure", 9, home).login("success", home),
      event: login("pending", { ...home, at: minutes(5) }),
    },
  },
  speaks: {
    "20 failures from 20 sources, on a stranger": {
      history: besieged,
      event: login("pending", { at: minutes(5) }),
      says: "CHALLENGE",
      facts: { failures: 20, limit: 20, scope: "all sources together" },
      until: hours(1) + seconds(1),
      explains: "20 failed attempts on the account from all sources together; the limit is 20",
    },
    "200 failures from 200 sources are never a BLOCK": {
      history: owner.login("failure", 200, crowd),
      event: login("pending", { at: minutes(5) }),
      says: "CHALLENGE",
    },
    "the owner's login from a familiar device forgives no stranger at the same address": {
      history: owner.login("failure", 10, { ip: home.ip }).login("success", home),
      event: login("pending", { ip: home.ip, at: minutes(5) }),
      says: "BLOCK",
      facts: { failures: 10, limit: 10, scope: "this source" },
    },
    "one of the sources that goes on is blocked": {
      history: besieged.login("failure", 10, crowd(1)),
      event: login("pending", { ...crowd(1), at: minutes(5) }),
      says: "BLOCK",
      facts: { scope: "this source" },
    },
    "a stranger's device at the owner's own address": {
      history: besieged,
      event: login("pending", { ip: home.ip, device: "someone-else", at: minutes(5) }),
      says: "CHALLENGE",
    },
    "a familiar device has its own lane": {
      history: owner.login("failure", 10, home),
      event: login("pending", { ...home, at: minutes(5) }),
      says: "BLOCK",
      facts: { failures: 10, scope: "this familiar device" },
      until: minutes(15) + seconds(1),
    },
    "the lane follows its device from address to address": {
      history: owner.login("failure", 10, (number) => ({ ip: `192.0.2.${number}`, device: home.device })),
      event: login("pending", { ...home, at: minutes(5) }),
      says: "BLOCK",
      facts: { scope: "this familiar device" },
    },
    "the lane flags before it blocks, at whatever address": {
      history: owner.login("failure", 5, (number) => ({ ip: `192.0.2.${number}`, device: home.device })),
      event: login("pending", { ...home, at: minutes(5) }),
      says: "FLAG",
      facts: { failures: 5, scope: "this familiar device" },
    },
    "a device that never got in is a stranger": {
      history: timeline().login("failure", 10, { device: "new" }),
      event: login("pending", { device: "new", at: minutes(5) }),
      says: "BLOCK",
      facts: { scope: "this source" },
    },
    "a device of another account is a stranger": {
      history: owner.login("failure", 10, { account: "bob", ...home }),
      event: login("pending", { account: "bob", ...home, at: minutes(5) }),
      says: "BLOCK",
      facts: { scope: "this source" },
    },
    "a device proven exactly 90 days ago is familiar no more": {
      history: owner.login("failure", 10, (number) => ({ device: "new", at: days(90) - seconds(20 - number) })),
      event: login("pending", { device: home.device, at: days(90) }),
      says: "BLOCK",
      facts: { scope: "this source" },
    },
  },
});
