import { type BruteForceOptions, bruteForce } from "../detectors/brute-force.js";
import { type PasswordSprayingOptions, passwordSpraying } from "../detectors/password-spraying.js";
import { type SuccessAfterFailuresOptions, successAfterFailures } from "../detectors/success-after-failures.js";
import { type UserEnumerationOptions, userEnumeration } from "../detectors/user-enumeration.js";
import { definePolicy, type Policy, type PolicyDefinition } from "../engine/policy.js";
import { whileDetected } from "../engine/while-detected.js";
import { disabledAccount } from "../rules/disabled-account.js";
import { type FailedAttemptsOptions, failedAttempts } from "../rules/failed-attempts.js";
import { type FailedProofsOptions, failedProofs } from "../rules/failed-proofs.js";
import { type MaliciousIpOptions, maliciousIp } from "../rules/malicious-ip.js";
import { type MissingMfaOptions, missingMfa } from "../rules/missing-mfa.js";
import { type RestrictedCountryOptions, restrictedCountry } from "../rules/restricted-country.js";
import { type ServiceAccountOptions, serviceAccount } from "../rules/service-account.js";

/** What an application adds to the default policy: its lists, its own limits, and everything else a policy takes. */
export interface DefaultPolicyOptions extends Partial<Omit<PolicyDefinition, "rules" | "detectors">> {
  readonly failedAttempts?: FailedAttemptsOptions;
  readonly failedProofs?: FailedProofsOptions;
  readonly maliciousIp?: MaliciousIpOptions;
  readonly missingMfa?: MissingMfaOptions;
  readonly restrictedCountry?: RestrictedCountryOptions;
  readonly serviceAccount?: ServiceAccountOptions;
  readonly bruteForce?: BruteForceOptions;
  readonly passwordSpraying?: PasswordSprayingOptions;
  readonly successAfterFailures?: SuccessAfterFailuresOptions;
  readonly userEnumeration?: UserEnumerationOptions;
}

/**
 * The default policy with options of your own: the seven rules, the first detectors, and the source blocked while it sprays, stuffs or
 * enumerates.
 *
 * @throws RangeError or TypeError for options out of bounds, as `definePolicy` does.
 * @example
 * createDefaultPolicy({ restrictedCountry: { deny: ["KP"], unknown: "FLAG" } }).id; //=> "default"
 */
export function createDefaultPolicy(options: DefaultPolicyOptions = {}): Policy {
  const spraying = passwordSpraying(options.passwordSpraying);
  const enumeration = userEnumeration(options.userEnumeration);
  return definePolicy({
    id: "default",
    ...options,
    rules: [
      disabledAccount(),
      serviceAccount(options.serviceAccount),
      restrictedCountry(options.restrictedCountry),
      maliciousIp(options.maliciousIp),
      failedAttempts(options.failedAttempts),
      failedProofs(options.failedProofs),
      missingMfa(options.missingMfa),
      whileDetected(spraying, "BLOCK"),
      whileDetected(enumeration, "BLOCK"),
    ],
    detectors: [bruteForce(options.bruteForce), spraying, enumeration, successAfterFailures(options.successAfterFailures)],
  });
}

/** The policy used where none is given. Country and address rules wait for lists: see `createDefaultPolicy`. */
export const defaultPolicy: Policy = createDefaultPolicy();
