import { serviceAccount } from "../../../src/core/rules/service-account.js";
import { describeRule, login } from "../../../src/testing/public.js";

const service = { id: "backup-job", type: "service" } as const;

describeRule(serviceAccount, {
  abstains: {
    "a person at a form": { event: login("success", { interactive: true }) },
    "a program with its own account": { event: login("success", { account: service, interactive: false }) },
    "before the credential check": { event: login("pending", { account: service, interactive: true }) },
    "nobody knows whom the account is for": {
      event: login("success", { account: { id: "ann" }, interactive: true }),
      missing: "account.type",
    },
    "a service account, but nobody knows who drove the login": { event: login("success", { account: service }), missing: "interactive" },
    "a person's account needs no word on who drove the login": { event: login("success") },
  },
  speaks: {
    "a person with a program's account": {
      event: login("success", { account: service, interactive: true }),
      says: "BLOCK",
      facts: { type: "service", interactive: true },
      until: null,
      explains: "interactive use of a service account",
    },
    "a failed attempt is answered alike": { event: login("failure", { account: service, interactive: true }), says: "BLOCK" },
    "only told, where the option says so": {
      rule: serviceAccount({ action: "FLAG" }),
      event: login("success", { account: service, interactive: true }),
      says: "FLAG",
    },
  },
});
