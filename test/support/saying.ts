import fc from "fast-check";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import {
  abstain,
  block,
  challenge,
  defineRule,
  flag,
  missing,
  type Phase,
  type Rule,
  type RuleDefinition,
  type Ruling,
} from "../../src/core/rules/rule.js";

/** What else a test says of a rule that only speaks. */
export type SayingOptions = Partial<
  Pick<RuleDefinition<Record<never, never>, Ruling>, "kinds" | "overrulable" | "onMissing" | "configured">
> & {
  readonly phase?: Phase;
};

/** A rule that gives the same answer to every event, or does what it is told to. */
export function saying(
  id: string,
  ruling: Ruling | ((event: LoginEvent) => Ruling),
  { phase = "before", ...options }: SayingOptions = {},
): Rule {
  const evaluate = (_: unknown, event: LoginEvent): Ruling => (typeof ruling === "function" ? ruling(event) : ruling);
  return defineRule({ id, summary: "Says what it is told.", phase, ...options, reads: {}, evaluate, explain: () => "told" });
}

/** One rule of a drawn policy and what it was told. */
export interface Told {
  readonly rule: Rule;
  readonly ruling: Ruling | "throws";
}

const rulings: fc.Arbitrary<Ruling | "throws"> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(abstain) },
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(flag, block), fc.nat(9), until()).map(([say, why, until]) => say({ why }, until)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(9), until(), fc.constantFrom("mfa", "captcha", undefined))
      .map(([why, until, require]) => challenge({ why }, until, require)),
  },
  { weight: 1, arbitrary: fc.constant(missing("source.country")) },
  { weight: 1, arbitrary: fc.constant<"throws">("throws") },
);

function until(): fc.Arbitrary<number | undefined> {
  return fc.option(fc.integer({ min: 1000, max: 1009 }), { nil: undefined });
}

/** Rules that each give one answer, with ids of their own. */
export function toldRules(maxLength = 6): fc.Arbitrary<readonly Told[]> {
  const drawn = fc.record({
    name: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "m-1", "z"),
    ruling: rulings,
    phase: fc.constantFrom<Phase>("before", "after"),
    overrulable: fc.boolean(),
    onMissing: fc.constantFrom("ABSTAIN", "FLAG", "BLOCK" as const),
    kinds: fc.constantFrom<readonly LoginEvent["kind"][]>(["login"], ["login"], ["login", "registration"], ["registration"]),
  });
  return fc
    .uniqueArray(drawn, { selector: ({ name }) => name, maxLength })
    .map((list) =>
      list.map(({ name, ruling, ...options }) => ({ rule: saying(name, ruling === "throws" ? fails : ruling, options), ruling })),
    );
}

function fails(): never {
  throw new Error("a rule failed");
}
