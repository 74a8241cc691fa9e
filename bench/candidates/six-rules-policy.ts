import {
  definePolicy,
  disabledAccount,
  failedAttempts,
  maliciousIp,
  missingMfa,
  type Policy,
  restrictedCountry,
  serviceAccount,
} from "../../src/index.js";
import { deniedCountries, maliciousAddresses } from "../input/decision-events.js";

/** The list's name in facts. */
export const listName = "abuse";

/** Exactly the six rules, no detectors, configured as every other candidate is. */
export const sixRulesPolicy: Policy = definePolicy({
  id: "six-rules",
  rules: [
    disabledAccount(),
    failedAttempts(),
    maliciousIp({ lists: [{ name: listName, addresses: maliciousAddresses }] }),
    missingMfa(),
    restrictedCountry({ deny: deniedCountries, unknown: "ABSTAIN" }),
    serviceAccount(),
  ],
});
