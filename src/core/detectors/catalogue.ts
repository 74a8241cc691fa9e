import { bruteForce } from "./brute-force.js";
import { passwordSpraying } from "./password-spraying.js";
import { successAfterFailures } from "./success-after-failures.js";
import { userEnumeration } from "./user-enumeration.js";

/** Every detector of the library by its id, for policy files and documentation. */
export const detectorCatalogue = {
  "brute-force": bruteForce,
  "password-spraying": passwordSpraying,
  "success-after-failures": successAfterFailures,
  "user-enumeration": userEnumeration,
} as const;
