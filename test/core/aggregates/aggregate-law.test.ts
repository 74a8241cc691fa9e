import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Aggregate, Window } from "../../../src/core/aggregates/aggregate.js";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { accountField, deviceField, sourceField } from "../../../src/core/aggregates/field.js";
import { byAccount, byAccountAndDevice, byAccountAndSource, bySource, byTenant } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { attempted, failed, proven, unlocked, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createState, type LoginState } from "../../../src/core/state/login-state.js";
import { track } from "../../../src/core/verbs/track.js";
import { type AttemptOptions, streams } from "../../support/attempts.js";
import { type Exposed, exposing } from "../../support/exposing.js";
import { login } from "../../support/login.js";
import { recount } from "../../support/recount.js";

const limit = fc.integer({ min: 1, max: 6 });
const within = fc.oneof(
  fc.integer({ min: 1, max: 70 }).map((seconds) => ({ seconds })),
  fc.constant<Window>("ever"),
);
const bound = fc.record({ limit, within });

const counts = fc.record({
  pair: bound.map((bound) => count({ where: unproven, by: byAccountAndSource, ...bound })),
  samePair: bound.map((bound) => count({ where: unproven, by: byAccountAndSource, ...bound })),
  lane: bound.map((bound) => count({ where: unproven, by: byAccountAndDevice, ...bound })),
  source: bound.map((bound) => count({ where: attempted, by: bySource, ...bound })),
  settled: bound.map((bound) => count({ where: failed, by: byAccount, ...bound })),
  everyone: bound.map((bound) => count({ where: failed, by: byTenant, ...bound })),
});

const floored = fc.tuple(bound, bound).map(([bound, floor]) => {
  const pairProven = latest({ where: proven, by: byAccountAndSource, ...floor });
  const released = latest({ where: unlocked, by: byAccount, ...floor });
  return {
    pair: count({ where: unproven, by: byAccountAndSource, since: pairProven, ...bound }),
    account: count({ where: unproven, by: byAccount, since: [released], ...bound }),
    both: count({ where: unproven, by: byAccountAndSource, since: [pairProven, released], ...bound }),
    names: countDistinct({ field: accountField, where: attempted, by: bySource, since: [released], ...bound }),
  };
});

const distinct = fc.record({
  accounts: bound.map((bound) => countDistinct({ field: accountField, where: unproven, by: bySource, ...bound })),
  troubled: bound.map((bound) => countDistinct({ field: accountField, where: failed, by: bySource, ...bound })),
  sources: bound.map((bound) => countDistinct({ field: sourceField, where: attempted, by: byAccount, ...bound })),
  devices: bound.map((bound) => countDistinct({ field: deviceField, where: unproven, by: byTenant, ...bound })),
});

const newest = fc.record({
  tries: bound.map((bound) => latest({ where: attempted, by: byAccount, field: sourceField, ...bound })),
  proofs: bound.map((bound) => latest({ where: proven, by: byAccountAndSource, ...bound })),
});

type Aggregates = { readonly [name: string]: Aggregate };
type Part = "numbers" | "values";
type Place = Required<Pick<AttemptOptions, "accounts" | "ips" | "tenants" | "seconds">>;

const manyPlaces: Place = {
  accounts: ["ann", "bob"],
  ips: ["192.0.2.1", "192.0.2.2", "127.1", undefined],
  tenants: [undefined, "acme"],
  seconds: 60,
};
const onePlace: Place = {
  accounts: ["ann", "bob", "cid", "dot", "eve", "fay", "gil"],
  ips: ["192.0.2.1"],
  tenants: [undefined],
  seconds: 60,
};
const oneMoment: Place = { accounts: ["ann", "bob", "cid"], ips: ["192.0.2.1", "192.0.2.2"], tenants: [undefined], seconds: 3 };

/** Who asks: someone new at a place and a time of the stream, or a little after it. */
function askers({ accounts, ips, tenants, seconds }: Place): fc.Arbitrary<LoginEvent> {
  return fc
    .record({
      at: fc.nat(seconds + 15),
      account: fc.constantFrom(...accounts),
      ip: fc.constantFrom(...ips),
      tenant: fc.constantFrom(...tenants),
      device: fc.constantFrom(undefined, "laptop"),
    })
    .map(({ at, account, ip, tenant, device }) =>
      login(at * 1000, {
        id: "asker",
        account,
        source: ip === undefined ? {} : { ip },
        ...(tenant === undefined ? {} : { tenant }),
        ...(device === undefined ? {} : { client: { deviceId: device } }),
      }),
    );
}

function expectRecount(
  said: { readonly [name: string]: Exposed },
  history: readonly LoginEvent[],
  reads: Aggregates,
  asking: LoginEvent,
  part: Part,
) {
  for (const [name, aggregate] of Object.entries(reads)) {
    const { values, ...numbers } = recount(history, aggregate, asking);
    const { value, saturated, times, lifts } = said[name]!;
    if (part === "numbers") expect({ name, value, saturated, times, lifts }).toEqual({ name, ...numbers });
    else expect({ name, values: said[name]!.values }).toEqual({ name, values });
  }
}

function holds(declared: fc.Arbitrary<Aggregates>, at: Place, part: Part, numRuns: number): void {
  const asked = fc.array(askers(at), { minLength: 3, maxLength: 8 });
  fc.assert(
    fc.property(declared, streams({ ...at, maxLength: 45 }), asked, fc.integer({ min: 2, max: 9 }), (reads, stream, asked, every) => {
      const { policy, read } = exposing(reads);
      let state: LoginState = createState();
      stream.forEach((event, index) => {
        state = track(event, state, policy);
        if (index % every !== 0 && index !== stream.length - 1) return;
        for (const asking of asked) expectRecount(read(state, asking), stream.slice(0, index + 1), reads, asking, part);
      });
    }),
    { numRuns },
  );
}

describe("at any moment of any stream, with disorder, duplicates and reservations that end in every way", () => {
  it("a count is what a recount over the whole history finds, and so is every time at which it lifts", () => {
    holds(counts, manyPlaces, "numbers", 100);
    holds(counts, oneMoment, "numbers", 50);
  });

  it("a count with floors starts again after the newest of them", () => {
    holds(floored, manyPlaces, "numbers", 100);
    holds(floored, oneMoment, "numbers", 50);
  });

  it("a count of distinct values is what a recount finds, and so is every time at which it lifts", () => {
    holds(distinct, manyPlaces, "numbers", 50);
    holds(distinct, onePlace, "numbers", 100);
  });

  it("a count of distinct values shows the values that a recount finds, last seen last", () => {
    holds(distinct, onePlace, "values", 100);
    holds(distinct, oneMoment, "values", 50);
  });

  it("the latest are what a recount finds", () => {
    holds(newest, manyPlaces, "numbers", 100);
  });

  it("the latest carry the values that a recount finds, newest by time and then by id", () => {
    holds(newest, manyPlaces, "values", 100);
    holds(newest, oneMoment, "values", 50);
  });
});

describe("over a long run", () => {
  it("of 1,500 attempts, always the same, every kind still says what a recount finds", () => {
    const drawn = fc.tuple(
      streams({ ...manyPlaces, seconds: 3000, minLength: 1500, maxLength: 1500 }),
      counts,
      floored,
      distinct,
      newest,
      fc.array(askers(manyPlaces), { minLength: 5, maxLength: 5 }),
    );
    const [stream, ...[some, more, most, last, asked]] = fc.sample(drawn, { seed: 1, numRuns: 1 })[0]!;
    const named = (prefix: string, reads: Aggregates): Aggregates =>
      Object.fromEntries(Object.entries(reads).map(([name, read]) => [prefix + name, read]));
    const reads = { ...named("a-", some), ...named("b-", more), ...named("c-", most), ...named("d-", last) };
    const { policy, read } = exposing(reads);
    let state: LoginState = createState();
    for (const [index, event] of stream.entries()) {
      state = track(event, state, policy);
      if (index % 400 !== 399) continue;
      for (const asking of asked) {
        const now = { ...asking, at: event.at };
        expectRecount(read(state, now), stream.slice(0, index + 1), reads, now, "numbers");
      }
    }
  });
});

describe("what one memory says to several readers", () => {
  it("window, limit and floors are no part of its identity", () => {
    const short = count({ where: unproven, by: byAccount, within: { seconds: 1 }, limit: 1 });
    const long = count({
      where: unproven,
      by: byAccount,
      within: "ever",
      limit: 9,
      since: latest({ where: proven, by: byAccount, within: "ever" }),
    });
    expect(short.name).toBe(long.name);
  });

  it.each([
    ["another kind", latest({ where: unproven, by: byAccount, within: "ever" })],
    ["another predicate", count({ where: failed, by: byAccount, within: "ever", limit: 1 })],
    ["another grouping", count({ where: unproven, by: bySource, within: "ever", limit: 1 })],
    ["a field", countDistinct({ field: sourceField, where: unproven, by: byAccount, within: "ever", limit: 1 })],
  ])("%s is another memory", (_, other) => {
    expect(other.name).not.toBe(count({ where: unproven, by: byAccount, within: "ever", limit: 1 }).name);
  });

  it("each reader sees its own limit and window of it", () => {
    const { policy, read } = exposing({
      few: count({ where: failed, by: byAccount, within: { seconds: 10 }, limit: 2 }),
      many: count({ where: failed, by: byAccount, within: { minutes: 1 }, limit: 20 }),
    });
    const state = [0, 1, 2, 3, 4].reduce((state, second) => track(login(second * 1000), state, policy), createState());
    const { few, many } = read(state, login(12_000));
    expect([few.value, few.saturated, few.times]).toEqual([2, true, [3000, 4000]]);
    expect([many.value, many.saturated, many.times]).toEqual([5, false, [0, 1000, 2000, 3000, 4000]]);
  });
});
