/**
 * For testing policies, rules, detectors and stores with vitest: builders of events, a run of events through a policy, tests made of two tables, and the
 * conformance suite for stores.
 *
 * @packageDocumentation
 */
export type { EventTraits } from "./build-event.js";
export type { SpeakingStream, StreamCase } from "./check-detector.js";
export type { AbstainingCase, RuleCase, SpeakingCase } from "./check-rule.js";
export { type DetectorTables, describeDetector } from "./describe-detector.js";
export { describeRule, type RuleTables } from "./describe-rule.js";
export { type DescribeStoreOptions, describeStore, type StoreOnTrial } from "./describe-store.js";
export { login, mfa, passwordReset, registration, unlock } from "./event-builders.js";
export { hostileEvents } from "./hostile-events.js";
export { type RunEntry, runEvents } from "./run-events.js";
export { days, hours, minutes, seconds } from "./span.js";
export { type Step, type StepTraits, type Timeline, type TimelineOptions, timeline } from "./timeline.js";
