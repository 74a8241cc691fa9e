import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { byAccount, bySource } from "../../../src/core/aggregates/grouping.js";
import { predicate } from "../../../src/core/aggregates/predicate.js";
import { journalForms } from "../../../src/core/journal/journal-form.js";
import { slotId } from "../../../src/core/journal/slot-id.js";
import { defaultPolicy } from "../../../src/core/policies/default.js";
import { exposing } from "../../support/exposing.js";
import { fourKinds } from "../../support/four-kinds.js";

// found by trying: two names, one slot id
const [one, other] = ["qxzwqbex", "kcumcrcf"];

describe("journalForms", () => {
  it.each([
    ["the default policy", defaultPolicy],
    ["all four kinds", fourKinds],
  ])("of %s: a form a grouping, in the plan's order and with its slots", (_, { compiled: { plan } }) => {
    const forms = journalForms(plan);
    expect(forms.map(({ grouping, slots }) => ({ name: grouping, slots: slots.map(({ name }) => name) }))).toEqual(plan.layout.groupings);
    for (const { slots, positions } of forms) {
      expect([...positions]).toEqual(slots.map(({ id }, position) => [id, position]));
      for (const { id, name, aggregate } of slots) {
        expect(id).toBe(slotId(name));
        expect(aggregate?.name).toBe(name.startsWith("detected ") ? undefined : name);
      }
    }
  });

  it("a policy that remembers nothing has none", () => expect(journalForms(exposing({}).policy.compiled.plan)).toEqual([]));

  const counting = (name: string, by = byAccount) => count({ where: predicate(name, () => true), by, within: "ever", limit: 1 });

  it("two slots of one grouping that share an id are refused with the grouping's name", () => {
    expect(slotId(counting(one).name)).toBe(slotId(counting(other).name));
    const { plan } = exposing({ a: counting(one), b: counting(other) }).policy.compiled;
    expect(() => journalForms(plan)).toThrow(new RangeError("two slots of grouping `account` share an id: rename one of their predicates"));
  });

  it("the same two in different groupings are no trouble", () => {
    const { plan } = exposing({ a: counting(one), b: counting(other, bySource) }).policy.compiled;
    expect(journalForms(plan)).toHaveLength(2);
  });
});
