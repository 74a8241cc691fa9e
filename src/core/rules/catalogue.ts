import { disabledAccount } from "./disabled-account.js";
import { failedAttempts } from "./failed-attempts.js";
import { failedProofs } from "./failed-proofs.js";
import { maliciousIp } from "./malicious-ip.js";
import { missingMfa } from "./missing-mfa.js";
import { restrictedCountry } from "./restricted-country.js";
import { serviceAccount } from "./service-account.js";

/** Every rule of the library by its id, for policy files and documentation. */
export const ruleCatalogue = {
  "disabled-account": disabledAccount,
  "failed-attempts": failedAttempts,
  "failed-proofs": failedProofs,
  "malicious-ip": maliciousIp,
  "missing-mfa": missingMfa,
  "restricted-country": restrictedCountry,
  "service-account": serviceAccount,
} as const;
