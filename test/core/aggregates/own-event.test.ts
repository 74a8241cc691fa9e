import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Aggregate } from "../../../src/core/aggregates/aggregate.js";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { accountField, countryField, sourceField } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount, byAccountAndSource, bySource } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { attempted, failed, proven, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import { createState, type LoginState } from "../../../src/core/state/login-state.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { exposing } from "../../support/exposing.js";
import { login } from "../../support/login.js";
import { concluded, recount } from "../../support/recount.js";

/** Every attempt of a stream asks again once all is tracked, as an event delivered again does. */
function asksAgain(reads: { readonly [name: string]: Aggregate }, seconds: number): void {
  const { policy, read } = exposing(reads);
  fc.assert(
    fc.property(streams({ seconds, maxLength: 30 }), (stream) => {
      const state = stream.reduce((state: LoginState, event) => track(event, state, policy), createState());
      for (const asking of concluded(stream)) {
        const said = read(state, asking);
        for (const [name, aggregate] of Object.entries(reads)) {
          const { values: _, ...expected } = recount(stream, aggregate, asking);
          expect({ name, asking, ...said[name] }).toMatchObject({ name, asking, ...expected });
        }
      }
    }),
    { numRuns: 100 },
  );
}

const within = { seconds: 20 };

describe("a reading of a rule leaves out the event itself", () => {
  it("a count does, settled or pending, saturated or not", () => {
    asksAgain(
      {
        few: count({ where: unproven, by: byAccount, within, limit: 2 }),
        many: count({ where: attempted, by: byAccount, within: "ever", limit: 9 }),
        floored: count({ where: unproven, by: byAccount, within, limit: 5, since: latest({ where: proven, by: byAccount, within }) }),
      },
      30,
    );
  });

  it("a latest does: the newest other than this one is there", () => {
    asksAgain(
      {
        last: latest({ where: attempted, by: byAccount, within: "ever" }),
        proofs: latest({ where: proven, by: byAccountAndSource, within, limit: 2 }),
      },
      30,
    );
  });

  it("a count of distinct values does, unless it alone may have seen its value: then the value counts, rather than be forgotten", () => {
    const accounts = countDistinct({ field: accountField, where: unproven, by: bySource, within: "ever", limit: 3 });
    const sources = countDistinct({ field: sourceField, where: failed, by: byAccount, within, limit: 2 });
    const { policy, read } = exposing({ accounts, sources });
    fc.assert(
      fc.property(streams({ seconds: 30, maxLength: 30 }), (stream) => {
        const state = stream.reduce((state: LoginState, event) => track(event, state, policy), createState());
        for (const asking of concluded(stream)) {
          for (const [name, aggregate] of Object.entries({ accounts, sources })) {
            const { value } = read(state, asking)[name as "accounts"];
            const [without, among] = [asking, { ...asking, id: "another" }].map((asking) => recount(stream, aggregate, asking).value);
            expect([without, asking.outcome === "pending" ? without : among]).toContain(value);
            expect(value).toBeGreaterThanOrEqual(without!);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("a count of distinct values leaves out its own reservation, and keeps the value that others have", () => {
    const accounts = countDistinct({ field: accountField, where: unproven, by: bySource, within: "ever", limit: 3 });
    const { policy, read } = exposing({ accounts });
    const begun = login(2000, { outcome: "pending" });
    expect(read(track(begun, createState(), policy), begun).accounts.value).toBe(0);
    expect(read(track(begun, track(login(1000), createState(), policy), policy), begun).accounts.value).toBe(1);
  });

  it("of two failures on one account, the second delivered again still sees the account in the first", () => {
    const { policy, read } = exposing({
      accounts: countDistinct({ field: accountField, where: failed, by: bySource, within: "ever", limit: 3 }),
    });
    const [first, second] = [login(1000), login(2000)];
    const state = track(second, track(first, createState(), policy), policy);
    expect(read(state, second).accounts.value).toBe(1);
  });

  it("a frequency does: a login delivered again is not usual by itself", () => {
    const countries = frequency({ field: countryField, where: proven, by: byAccount, within: "ever", limit: 3 });
    const { policy, read } = exposing({ countries });
    const fromNorway = login(1000, { outcome: "success", source: { ip: "192.0.2.1", country: "NO" } });
    expect(read(createState(), fromNorway).countries.value).toBe(0);
    expect(read(track(fromNorway, createState(), policy), fromNorway).countries.value).toBe(0);
  });

  it("a floor does: a success delivered again does not hide the failures that it ended", () => {
    const since = latest({ where: proven, by: byAccount, within: "ever" });
    const { policy, read } = exposing({ failures: count({ where: failed, by: byAccount, within: "ever", limit: 5, since }) });
    const success = login(3000, { outcome: "success" });
    const state = [login(1000), login(2000), success].reduce((state, event) => track(event, state, policy), createState());
    expect(read(state, success).failures.value).toBe(2);
    expect(read(state, login(4000)).failures.value).toBe(0);
  });
});

describe("what asks", () => {
  it.each([
    ["its reservation", "pending"],
    ["its failure", "failure"],
    ["its being blocked", "blocked"],
  ] as const)("%s is not in the reading, however many others are", (_, outcome) => {
    const { policy, read } = exposing({ tries: count({ where: attempted, by: byAccount, within: "ever", limit: 3 }) });
    const own = login(5000, { outcome });
    const others = [1000, 2000, 3000, 4000].map((at) => login(at));
    const state = [...others, own].reduce((state, event) => track(event, state, policy), createState());
    expect(read(state, own).tries.times).toEqual([2000, 3000, 4000]);
    expect(read(state, login(5000, { id: "another" })).tries.times).toEqual([3000, 4000, 5000]);
  });

  it("does not leave out another of the same moment", () => {
    const { policy, read } = exposing({ tries: count({ where: failed, by: byAccount, within: "ever", limit: 3 }) });
    const [one, other] = [login(1000, { id: "one" }), login(1000, { id: "other" })];
    const state = track(other, track(one, createState(), policy), policy);
    expect(read(state, one).tries.value).toBe(1);
  });
});
