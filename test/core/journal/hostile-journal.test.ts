import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { accountField, field } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount, byTenant } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { attempted, failed, proven, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import { journalForms } from "../../../src/core/journal/journal-form.js";
import { writeJournal } from "../../../src/core/journal/journal-snapshot.js";
import { type JournalReading, readJournal } from "../../../src/core/journal/read-journal.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { createState } from "../../../src/core/state/login-state.js";
import { track } from "../../../src/core/verbs/track.js";
import { exposing } from "../../support/exposing.js";
import { fourKinds } from "../../support/four-kinds.js";
import { groupsOf } from "../../support/groups-of.js";
import { cellsIn, cellsInState, folded, formOf, journalsOf } from "../../support/journals.js";
import { login } from "../../support/login.js";

/** What may stand in a name: anything a request can carry, and what JavaScript trips over. */
const names = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "\ud800",
    "a\udc00b",
    "\u0000",
    '"',
    "\\",
    "\n],[",
    "],",
    "\u2028",
    "\u007f",
    "{}",
    "[1,",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
  fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 6 }).map((units) => String.fromCharCode(...units)),
  fc.constant("\u00df".repeat(512)),
);

describe("whatever stands in names", () => {
  const agent = field("agent", (_, event) => event.client?.userAgent);
  const { policy } = exposing({
    failures: count({ where: unproven, by: byAccount, within: "ever", limit: 3 }),
    accounts: countDistinct({ field: accountField, where: attempted, by: byTenant, within: "ever", limit: 4 }),
    last: latest({ field: agent, where: failed, by: byTenant, within: "ever", limit: 3 }),
    agents: frequency({ field: agent, where: proven, by: byTenant, within: "ever", limit: 2 }),
  });
  const event: fc.Arbitrary<LoginEvent> = fc
    .record({ id: names, at: fc.nat(9), account: names, agent: names, tenant: fc.option(names, { nil: undefined }) })
    .chain(({ id, at, account, agent, tenant }) =>
      fc
        .constantFrom("pending", "success", "failure", "blocked" as const)
        .map((outcome) => login(at, { id, account, outcome, client: { userAgent: agent }, ...(tenant === undefined ? {} : { tenant }) })),
    );

  it("journals are printable ASCII, read as the core's own fold, and survive folding", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const journals = journalsOf(events, policy);
        const state = events.reduce((next, each) => track(each, next, policy), createState());
        const cells = cellsIn(journals, policy);
        expect(cells).toEqual(cellsInState(groupsOf(state)));
        for (const [name, journal] of journals) {
          const once = folded(name, journal, policy);
          expect(journal + once).toMatch(/^[\x20-\x7e]*$/);
          expect(cellsIn(new Map([[name, once]]), policy)[name]).toEqual(cells[name]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const marker = "s3cr3t";
const form = journalForms(fourKinds.compiled.plan).find(({ grouping }) => grouping === "source")!;
const sane = journalsOf(
  Array.from({ length: 12 }, (_, i) => login(i, { account: `${marker}${i % 5}`, outcome: i % 3 === 0 ? "pending" : "failure" })),
  fourKinds,
).get("source 192.0.2.1")!;
const compacted = folded("source 192.0.2.1", sane, fourKinds);

/** Reads, or says in its own words that it cannot. */
function readOrFault(journal: string, last: number): JournalReading | undefined {
  try {
    return readJournal(journal, form, last);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toMatch(/^journal: expected [\x20-\x7e]{1,120}$/);
    expect((error as TypeError).message).not.toContain(marker);
    expect((error as TypeError).cause).toBeUndefined();
    return undefined;
  }
}

/** Texts that were journals until something happened to them. */
const damaged = fc
  .record({
    from: fc.constantFrom(sane, compacted, compacted + sane, sane + compacted),
    cuts: fc.array(
      fc.record({
        at: fc.nat(2_000),
        length: fc.nat(12),
        by: fc.constantFrom("", ",", '"', "[", "]", "{}", "0", "-1", "null", "9e999", '"x"', "],["),
      }),
      {
        maxLength: 4,
      },
    ),
  })
  .map(({ from, cuts }) =>
    cuts.reduce((text, { at, length, by }) => text.slice(0, at % text.length) + by + text.slice((at % text.length) + length), from),
  );

/** Lines of JSON of about the right form. */
const part = fc.oneof(
  fc.constantFrom<unknown>(-1, 0, 1, 2, 3, 5, 1e300, "a", marker, null, true, [], {}, "", ...form.slots.map(({ id }) => id)),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
  fc.dictionary(fc.constantFrom("zz", "__proto__", ...form.slots.map(({ id }) => id)), fc.jsonValue({ maxDepth: 4 })),
);
const shaped = fc
  .array(fc.array(part, { maxLength: 10 }), { maxLength: 6 })
  .map((lines) => lines.map((line) => `${JSON.stringify(line)},`).join(""));

describe("whatever a store answers", () => {
  it.each<[string, fc.Arbitrary<string>]>([
    ["any text", fc.string({ unit: "binary" })],
    ["a journal with damage", damaged],
    ["lines of about the right form", shaped],
  ])("%s is read, or refused in words that quote nothing of it; what was read can be folded and read again", (_, texts) => {
    fc.assert(
      fc.property(texts, fc.nat(3), (journal, last) => {
        const reading = readOrFault(journal, last);
        if (reading === undefined) return;
        const again = readJournal(writeJournal(reading.after, form), form, 0);
        expect(again.after.record).toEqual(reading.after.record);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, string]>([
    ["brackets a hundred thousand deep", `${"[".repeat(100_000)}${"]".repeat(100_000)},`],
    ["objects a hundred thousand deep", `[-1,"a",1,${'{"zz":'.repeat(100_000)}1${"}".repeat(100_000)}],`],
    ["a hundred thousand lines that say nothing", '[1,"a",0],'.repeat(100_000)],
    ["a million characters of nothing", " ".repeat(1_000_000)],
  ])("%s: an answer at once", (_, journal) => {
    const began = performance.now();
    readOrFault(journal, 1);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it("a journal that nobody folded for 20,000 failures is read at once", () => {
    const name = "account-and-source 3:ann192.0.2.1";
    const events = Array.from({ length: 20_000 }, (_, i) => login(i));
    const journal = journalsOf(events.slice(0, 1), fourKinds).get(name)!;
    const long = events.map(({ at, id }) => journal.replace('[0,"at-0"', `[${at},"${id}"`)).join("");
    const began = performance.now();
    const { after } = readJournal(long, formOf(name, fourKinds), 1);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(after).toMatchObject({ entries: 20_000, lastId: "at-19999" });
  });

  it("pollutes no prototype", () => {
    readOrFault('[-1,"a",1,{"__proto__":{"polluted":1}}],[1,"a",0,"__proto__",3,"x"],', 0);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
