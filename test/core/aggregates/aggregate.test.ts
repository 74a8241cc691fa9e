import { describe, expect, it } from "vitest";
import { type Aggregate, largestLimit } from "../../../src/core/aggregates/aggregate.js";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { accountField, countryField, field } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount, grouping } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { failed, proven } from "../../../src/core/aggregates/outcome-predicates.js";
import { predicate } from "../../../src/core/aggregates/predicate.js";
import type { Duration } from "../../../src/core/model/duration.js";

const common = { where: failed, by: byAccount, within: { minutes: 1 } } as const;

describe("a declaration", () => {
  it.each<[Aggregate | ReturnType<typeof frequency>, string]>([
    [count({ ...common, limit: 3 }), "count where failed by account"],
    [countDistinct({ ...common, field: countryField, limit: 3 }), "count-distinct country where failed by account"],
    [latest({ ...common, where: proven }), "latest where proven by account"],
    [latest({ ...common, field: accountField }), "latest account where failed by account"],
    [frequency({ ...common, field: countryField, limit: 3 }), "frequency country where failed by account"],
  ])("is called after its kind, field, predicate and grouping: %o", ({ name }, expected) => {
    expect(name).toBe(expected);
  });

  it.each([1, largestLimit])("takes a limit of %i", (limit) => {
    expect(count({ ...common, limit }).limit).toBe(limit);
  });

  it.each([0, -1, 1.5, largestLimit + 1, Number.NaN, Number.POSITIVE_INFINITY, "5" as unknown as number])(
    "refuses a limit of %s",
    (limit) => {
      for (const declare of [count, (options: typeof common & { limit: number }) => countDistinct({ ...options, field: countryField })]) {
        expect(() => declare({ ...common, limit })).toThrow(RangeError);
      }
      expect(() => latest({ ...common, limit })).toThrow(RangeError);
      expect(() => frequency({ ...common, field: countryField, limit })).toThrow(RangeError);
    },
  );

  it.each<[string, Duration, new () => Error]>([
    ["an empty window", { minutes: 0 }, RangeError],
    ["a negative window", { minutes: -1 }, RangeError],
    ["a window in months", { months: 1 } as Duration, TypeError],
    ["a number", 1000 as unknown as Duration, TypeError],
  ])("refuses %s", (_, within, error) => {
    expect(() => count({ ...common, within, limit: 1 })).toThrow(error);
  });

  it("looks back for ever when told so, and remembers the last one when told nothing", () => {
    expect(count({ ...common, within: "ever", limit: 1 }).within).toBe(Number.POSITIVE_INFINITY);
    expect(latest(common).limit).toBe(1);
  });

  it("takes floors that are latest aggregates, one or many, and no others", () => {
    const floor = latest({ ...common, where: proven });
    expect(count({ ...common, limit: 1, since: floor }).since).toEqual([floor]);
    expect(count({ ...common, limit: 1, since: [floor, floor] }).since).toEqual([floor, floor]);
    expect(() => count({ ...common, limit: 1, since: count({ ...common, limit: 1 }) })).toThrow(TypeError);
  });
});

describe("a name", () => {
  it.each(["", "Upper", "two words", "1st", "-dash", "under_score", "dots.", "line\nbreak"])(
    "%j is refused: expected kebab-case",
    (name) => {
      expect(() => predicate(name, () => true)).toThrow(RangeError);
      expect(() => grouping(name, () => "*")).toThrow(RangeError);
      expect(() => field(name, () => "x")).toThrow(RangeError);
    },
  );
});
