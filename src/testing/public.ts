/**
 * For testing policies, rules and detectors with vitest: builders of events, a run of events through a policy, and tests made of two tables.
 *
 * @packageDocumentation
 */
export type { EventTraits } from "./build-event.js";
export type { SpeakingStream, StreamCase } from "./check-detector.js";
export type { AbstainingCase, RuleCase, SpeakingCase } from "./check-rule.js";
export { type DetectorTables, describeDetector } from "./describe-detector.js";
export { describeRule, type RuleTables } from "./describe-rule.js";
export { login, mfa, passwordReset, registration, unlock } from "./event-builders.js";
export { hostileEvents } from "./hostile-events.js";
export { type RunEntry, runEvents } from "./run-events.js";
export { days, hours, minutes, seconds } from "./span.js";
export { type Step, type StepTraits, type Timeline, type TimelineOptions, timeline } from "./timeline.js";
