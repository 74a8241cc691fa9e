import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { byAccount } from "../../../src/core/aggregates/grouping.js";
import { unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import type { Policy } from "../../../src/core/engine/policy.js";
import { readJournal } from "../../../src/core/journal/read-journal.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { defaultPolicy } from "../../../src/core/policies/default.js";
import { createState } from "../../../src/core/state/login-state.js";
import { track } from "../../../src/core/verbs/track.js";
import { streams } from "../../support/attempts.js";
import { exposing } from "../../support/exposing.js";
import { fourKinds } from "../../support/four-kinds.js";
import { groupsOf } from "../../support/groups-of.js";
import { append, cellsIn, cellsInState, folded, formOf, type Journals, journalsOf } from "../../support/journals.js";
import { login } from "../../support/login.js";

const policies: readonly [string, Policy][] = [
  ["all four kinds of memory", fourKinds],
  ["the default policy", defaultPolicy],
];

const tracked = (events: readonly LoginEvent[], policy: Policy) =>
  cellsInState(groupsOf(events.reduce((state, event) => track(event, state, policy), createState())));

const drawn = {
  minLength: 5,
  maxLength: 60,
  seconds: 30,
  accounts: ["ann", "bob", "cid"],
  tenants: [undefined, "acme"],
  ips: ["192.0.2.1", "2001:db8::1", undefined],
};

/** Deliveries in any order at all: begins behind their ends too. */
const shuffled = streams(drawn).chain((events) => fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length }));

describe.each(policies)("under %s", (_, policy) => {
  it("journals read as the core's own fold of the same deliveries", () => {
    fc.assert(
      fc.property(fc.oneof(streams(drawn), shuffled), (events) => {
        expect(cellsIn(journalsOf(events, policy), policy)).toEqual(tracked(events, policy));
      }),
      { numRuns: 300 },
    );
  });

  it("a journal folded at any point, any number of times, reads the same", () => {
    const folds = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(streams(drawn), shuffled), folds, (events, folding) => {
        const journals: Journals = new Map();
        for (const [i, event] of events.entries()) {
          append(journals, event, policy);
          if (!folding[i % folding.length]) continue;
          for (const [name, journal] of journals) journals.set(name, folded(name, journal, policy));
        }
        expect(cellsIn(journals, policy)).toEqual(cellsIn(journalsOf(events, policy), policy));
      }),
      { numRuns: 300 },
    );
  });

  it("a journal whose beginning was read before reads the same, whatever beginning that was", () => {
    const cuts = fc.tuple(fc.nat(1_000), fc.nat(3));
    fc.assert(
      fc.property(streams(drawn), cuts, (events, [cut, last]) => {
        for (const [name, journal] of journalsOf(events, policy)) {
          const form = formOf(name, policy);
          const ends = [...journal.matchAll(/\],(?=\[|$)/g)].map(({ index }) => index + 2);
          const beginning = journal.slice(0, [0, ...ends][cut % (ends.length + 1)]);
          const known = { journal: beginning, after: readJournal(beginning, form, 0).after };
          const before = structuredClone(known);
          expect(readJournal(journal, form, last, known)).toEqual(readJournal(journal, form, last));
          expect(known).toEqual(before);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("what was read before of another journal is no beginning of this one", () => {
    const [one, other] = ["ann", "bob"].map((account) =>
      journalsOf([login(1, { account }), login(2, { account, id: `${account} again` })], policy),
    );
    for (const [name, journal] of one!) {
      const form = formOf(name, policy);
      for (const [, foreign] of other!) {
        const known = { journal: foreign, after: readJournal(foreign, formOf(name, policy), 0).after };
        if (!journal.startsWith(foreign)) expect(readJournal(journal, form, 1, known)).toEqual(readJournal(journal, form, 1));
      }
    }
  });

  it("folding what is folded changes nothing", () => {
    fc.assert(
      fc.property(streams(drawn), (events) => {
        for (const [name, journal] of journalsOf(events, policy)) {
          const once = folded(name, journal, policy);
          expect(folded(name, once, policy)).toBe(once);
        }
      }),
    );
  });
});

describe("more reservations than a group holds", () => {
  const { policy } = exposing({ failures: count({ where: unproven, by: byAccount, within: "ever", limit: 3 }) });
  const begins = Array.from({ length: 200 }, (_, i) => login(i * 1000, { id: `a${String(i).padStart(3, "0")}`, outcome: "pending" }));

  it("harden in a journal as they do in the core", () => {
    const events = [...begins, ...begins.slice(0, 100).map((event): LoginEvent => ({ ...event, outcome: "success" }))];
    expect(cellsIn(journalsOf(events, policy), policy)).toEqual(tracked(events, policy));
  });
});
