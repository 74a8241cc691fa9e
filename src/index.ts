export type { Aggregate, AggregateKind, AggregateOptions, Window } from "./core/aggregates/aggregate.js";
export { canonicalAccount } from "./core/aggregates/canonical-account.js";
export { type CountOptions, count } from "./core/aggregates/count.js";
export { type CountDistinctOptions, countDistinct } from "./core/aggregates/count-distinct.js";
export { provenFromDevice, provenFromSource, unlockedAccount, unlockedSource } from "./core/aggregates/familiarity.js";
export { accountField, countryField, deviceField, type Field, field, sourceField } from "./core/aggregates/field.js";
export { type FrequencyOptions, frequency } from "./core/aggregates/frequency.js";
export {
  byAccount,
  byAccountAndDevice,
  byAccountAndSource,
  bySource,
  byTenant,
  type Grouping,
  grouping,
  type IdentityPart,
} from "./core/aggregates/grouping.js";
export type { AccountAlias, Identity } from "./core/aggregates/identity.js";
export { type LatestOptions, latest } from "./core/aggregates/latest.js";
export { attempted, failed, probed, proven, unlocked, unproven, unprovenFactor } from "./core/aggregates/outcome-predicates.js";
export { type Predicate, predicate } from "./core/aggregates/predicate.js";
export { type FrequencyReading, liftsAt, type Reading } from "./core/aggregates/reading.js";
export type { ReadingsOf, Reads } from "./core/aggregates/reads.js";
export { type BruteForceOptions, bruteForce } from "./core/detectors/brute-force.js";
export { detectorCatalogue } from "./core/detectors/catalogue.js";
export {
  type Detector,
  type DetectorDefinition,
  type DetectorLimit,
  defineDetector,
  type Finding,
  type Found,
  found,
  nothing,
} from "./core/detectors/detector.js";
export { type PasswordSprayingOptions, passwordSpraying } from "./core/detectors/password-spraying.js";
export { type SuccessAfterFailuresOptions, successAfterFailures } from "./core/detectors/success-after-failures.js";
export { type UserEnumerationOptions, userEnumeration } from "./core/detectors/user-enumeration.js";
export type { AllowEntry } from "./core/engine/allow-list.js";
export { definePolicy, type Mode, type Policy, type PolicyDefinition } from "./core/engine/policy.js";
export { whileDetected } from "./core/engine/while-detected.js";
export { type Action, actions, type SpokenAction, strictness } from "./core/model/action.js";
export type { Decision, Degradation, OverruledVerdict, Verdict } from "./core/model/decision.js";
export type { Detection, Severity, Subject } from "./core/model/detection.js";
export { type Duration, toMilliseconds } from "./core/model/duration.js";
export type { Facts } from "./core/model/facts.js";
export type {
  Account,
  AccountStatus,
  AccountType,
  Client,
  Credential,
  EventKind,
  FailureReason,
  LoginEvent,
  NetworkKind,
  Outcome,
  Source,
} from "./core/model/login-event.js";
export { isMultiFactor } from "./core/model/multi-factor.js";
export type { Requirement } from "./core/model/requirement.js";
export { type AddressSet, type AddressSetOptions, addressSet } from "./core/network/address-set.js";
export { canonicalAddress } from "./core/network/canonical-address.js";
export { canonicalSource } from "./core/network/canonical-source.js";
export { createDefaultPolicy, type DefaultPolicyOptions, defaultPolicy } from "./core/policies/default.js";
export { ruleCatalogue } from "./core/rules/catalogue.js";
export { disabledAccount } from "./core/rules/disabled-account.js";
export { type FailedAttemptsOptions, failedAttempts } from "./core/rules/failed-attempts.js";
export { type FailedProofsOptions, failedProofs } from "./core/rules/failed-proofs.js";
export { type MaliciousIpOptions, maliciousIp } from "./core/rules/malicious-ip.js";
export { type MissingMfaOptions, missingMfa } from "./core/rules/missing-mfa.js";
export { type RestrictedCountryOptions, restrictedCountry } from "./core/rules/restricted-country.js";
export {
  abstain,
  block,
  challenge,
  defineRule,
  flag,
  type Limit,
  type Missing,
  missing,
  type Phase,
  type Rule,
  type RuleDefinition,
  type Ruling,
  renamed,
  type Spoken,
  speak,
} from "./core/rules/rule.js";
export { type ServiceAccountOptions, serviceAccount } from "./core/rules/service-account.js";
export { createState, type LoginState, type StateOptions, stateSize } from "./core/state/login-state.js";
export { restore } from "./core/state/restore.js";
export { type SnapshotGroup, type SnapshotHeader, type SnapshotRecord, snapshot } from "./core/state/snapshot.js";
export { type Advanced, advance, type Outcomes } from "./core/verbs/advance.js";
export { createTracker, type Tracker, type TrackerOptions } from "./core/verbs/create-tracker.js";
export { detect } from "./core/verbs/detect.js";
export { evaluateLogin } from "./core/verbs/evaluate-login.js";
export { explain, explainDetection, wordFacts } from "./core/verbs/explain.js";
export { publicMessage } from "./core/verbs/public-message.js";
export { track } from "./core/verbs/track.js";
