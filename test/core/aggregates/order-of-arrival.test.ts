import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { accountField, sourceField } from "../../../src/core/aggregates/field.js";
import { byAccount, byAccountAndSource, bySource } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { attempted, failed, proven, unlocked, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createState, type LoginState } from "../../../src/core/state/login-state.js";
import { track } from "../../../src/core/verbs/track.js";
import { arrivals, attempts } from "../../support/attempts.js";
import { exposing } from "../../support/exposing.js";
import { groupsOf } from "../../support/groups-of.js";
import { login } from "../../support/login.js";

const since = latest({ where: proven, by: byAccountAndSource, within: { seconds: 40 } });
const reads = {
  failures: count({ where: unproven, by: byAccountAndSource, within: { seconds: 20 }, limit: 3, since }),
  tries: count({ where: attempted, by: bySource, within: "ever", limit: 5 }),
  accounts: countDistinct({ field: accountField, where: unproven, by: bySource, within: { seconds: 30 }, limit: 2 }),
  troubled: countDistinct({ field: accountField, where: failed, by: bySource, within: "ever", limit: 1 }),
  last: latest({ where: unproven, by: byAccount, within: "ever", field: sourceField, limit: 2 }),
  released: latest({ where: unlocked, by: byAccount, within: "ever" }),
};
const { policy, read } = exposing(reads);

const remember = (events: readonly LoginEvent[]): LoginState => events.reduce((state, event) => track(event, state, policy), createState());

const twoArrivals = fc
  .record({ seconds: fc.constantFrom(5, 60), accounts: fc.constantFrom(["ann", "bob"], ["ann", "bob", "cid", "dot", "eve"]) })
  .chain((options) => attempts({ ...options, tenants: [undefined, "acme"] }))
  .chain((list) => fc.tuple(arrivals(list), arrivals(list)));

describe("the final state does not depend on the order of arrival", () => {
  it("every later reading is the same", () => {
    fc.assert(
      fc.property(twoArrivals, fc.array(fc.nat(90), { minLength: 4, maxLength: 4 }), ([one, other], seconds) => {
        const [a, b] = [remember(one), remember(other)];
        for (const second of seconds) {
          for (const account of ["ann", "bob"]) {
            for (const ip of ["192.0.2.1", "192.0.2.2"]) {
              const asking = login(second * 1000, { id: "asker", account, ip });
              expect(read(a, asking)).toEqual(read(b, asking));
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("every group remembers the same, down to its reservations", () => {
    fc.assert(
      fc.property(twoArrivals, ([one, other]) => {
        expect(groupsOf(remember(one))).toEqual(groupsOf(remember(other)));
      }),
      { numRuns: 150 },
    );
  });

  it("an event delivered again changes nothing at all", () => {
    fc.assert(
      fc.property(twoArrivals, fc.nat(), ([stream], which) => {
        const begunAfterItsEnd = (index: number) =>
          stream[index]!.outcome === "pending" &&
          stream.slice(index).some(({ id, outcome }) => id === stream[index]!.id && outcome !== "pending");
        fc.pre(stream.length > 0 && !begunAfterItsEnd(which % stream.length));
        const state = remember(stream);
        expect(groupsOf(track(stream[which % stream.length]!, state, policy))).toEqual(groupsOf(state));
      }),
      { numRuns: 150 },
    );
  });
});
