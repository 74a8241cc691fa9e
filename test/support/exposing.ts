import { type FrequencyReading, liftsAt, type Reading } from "../../src/core/aggregates/reading.js";
import type { Reads } from "../../src/core/aggregates/reads.js";
import { definePolicy, type Policy } from "../../src/core/engine/policy.js";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { abstain, defineRule, flag } from "../../src/core/rules/rule.js";
import type { LoginState } from "../../src/core/state/login-state.js";
import { evaluateLogin } from "../../src/core/verbs/evaluate-login.js";

/** A reading as a test looks at it: with the time at which it falls below 1, 2, ... up to the limit of its aggregate. */
export type Exposed = Omit<Reading & FrequencyReading, "within"> & { readonly lifts: readonly (number | null)[] };

/** A policy whose one rule tells what it reads. */
export interface Exposing<R extends Reads> {
  readonly policy: Policy;
  /** What the readings say when `event` asks. */
  readonly read: (state: LoginState, event: LoginEvent) => { readonly [Name in keyof R]: Exposed };
}

/** A policy that remembers `reads`, and a way to look at them through the front door: the facts of a decision. */
export function exposing<const R extends Reads>(reads: R): Exposing<R> {
  const names = Object.keys(reads);
  const rule = defineRule({
    id: "exposing",
    summary: "Tells what it reads.",
    phase: "before",
    kinds: ["login", "registration", "password-reset", "mfa", "unlock"],
    reads: reads as Reads,
    evaluate: (readings) => {
      if (names.length === 0) return abstain;
      const lifts = (name: string) =>
        "times" in readings[name]!
          ? Array.from({ length: reads[name]!.limit }, (_, i) => liftsAt(readings[name] as Reading, i + 1) ?? null)
          : [];
      return flag({ said: JSON.stringify(Object.fromEntries(names.map((name) => [name, { ...readings[name], lifts: lifts(name) }]))) });
    },
    explain: ({ said }) => said,
  });
  const policy = definePolicy({ id: "exposing", rules: [rule] });
  return { policy, read: (state, event) => JSON.parse(evaluateLogin(event, state, policy).verdicts[0]!.facts.said as string) };
}
