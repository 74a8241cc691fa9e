import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { sourceField } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount, byAccountAndSource } from "../../../src/core/aggregates/grouping.js";
import { latest } from "../../../src/core/aggregates/latest.js";
import { attempted, failed, proven, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import { writeLatch, writeStamp } from "../../../src/core/journal/entry.js";
import { readJournal } from "../../../src/core/journal/read-journal.js";
import { slotId } from "../../../src/core/journal/slot-id.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { streams } from "../../support/attempts.js";
import { exposing } from "../../support/exposing.js";
import { fourKinds } from "../../support/four-kinds.js";
import { append, cellsIn, folded, formOf, type Journals } from "../../support/journals.js";
import { login } from "../../support/login.js";

// two deployed versions of one application: both know `unproven`, each knows something that the other does not
const within = "ever";
const old = exposing({
  failures: count({ where: unproven, by: byAccount, within, limit: 3 }),
  sources: countDistinct({ field: sourceField, where: attempted, by: byAccount, within, limit: 4 }),
  places: frequency({ field: sourceField, where: proven, by: byAccount, within, limit: 2 }),
}).policy;
const renewed = exposing({
  failures: count({ where: unproven, by: byAccount, within, limit: 8 }),
  settled: count({ where: failed, by: byAccount, within, limit: 6 }),
  last: latest({ where: proven, by: byAccount, within, field: sourceField, limit: 2 }),
}).policy;

const versions = { old, renewed };
const shared = "count where unproven by account";

interface Step {
  readonly event: LoginEvent;
  readonly writer: keyof typeof versions;
  /** Who folds the journals behind it, if anybody does. */
  readonly folder: keyof typeof versions | undefined;
}

/** A stream while a deploy goes on: the old version alone at first, both behind it. */
const steps: fc.Arbitrary<readonly Step[]> = streams({ accounts: ["ann"], minLength: 15, maxLength: 40 }).chain((events) => {
  const choice = fc.record({
    writer: fc.constantFrom<Step["writer"]>("old", "renewed"),
    folder: fc.constantFrom<Step["folder"]>("old", "renewed", undefined),
  });
  const choices = fc.array(choice, { minLength: events.length, maxLength: events.length });
  return fc
    .tuple(choices, fc.nat(events.length))
    .map(([chosen, deploy]) => events.map((event, i) => ({ event, ...chosen[i]!, ...(i < deploy ? { writer: "old" } : {}) })));
});

/** The journals of a stream, folded where it says so and `mayFold` does not object. */
function written(list: readonly Step[], mayFold: (journal: string) => boolean): Journals {
  const journals: Journals = new Map();
  for (const { event, writer, folder } of list) {
    append(journals, event, versions[writer]);
    if (folder === undefined) continue;
    for (const [name, journal] of journals) if (mayFold(journal)) journals.set(name, folded(name, journal, versions[folder]));
  }
  return journals;
}

const always = (): boolean => true;
const never = (): boolean => false;
const without = (slot: string, cells: ReturnType<typeof cellsIn>): unknown =>
  Object.entries(cells).map(([name, { [slot]: _, ...own }]) => [name, own]);

describe("two versions of a policy over one store", () => {
  it("what only one of them remembers survives folding by the other", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const [plain, compacted] = [written(list, never), written(list, always)];
        for (const policy of [old, renewed]) {
          expect(without(shared, cellsIn(compacted, policy))).toEqual(without(shared, cellsIn(plain, policy)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("a capacity that a writer asked for is kept by whoever folds behind it, wherever in the journal it was asked for", () => {
    const asked = `"${slotId(shared)}",9,`;
    fc.assert(
      fc.property(steps, (list) => {
        let begun = false;
        const compacted = written(list, (journal) => {
          begun ||= journal.includes(asked);
          return begun;
        });
        expect(cellsIn(compacted, renewed)).toEqual(cellsIn(written(list, never), renewed));
      }),
      { numRuns: 200 },
    );
  });

  it("reads the same where the beginning was read before, though a larger capacity was asked for behind it", () => {
    fc.assert(
      fc.property(steps, fc.nat(1_000), (list, cut) => {
        for (const [name, journal] of written(list, never)) {
          const form = formOf(name, old);
          const ends = [...journal.matchAll(/\],(?=\[|$)/g)].map(({ index }) => index + 2);
          const beginning = journal.slice(0, [0, ...ends][cut % (ends.length + 1)]);
          const known = { journal: beginning, after: readJournal(beginning, form, 0).after };
          expect(readJournal(journal, form, 1, known)).toEqual(readJournal(journal, form, 1));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("a redeploy frees no lock: ten failures under a limit of ten, then folds under a limit of two", () => {
    const [high, low] = [10, 2].map((limit) => exposing({ failures: count({ where: unproven, by: byAccount, within, limit }) }).policy);
    const journals: Journals = new Map();
    for (let i = 0; i < 10; i++) append(journals, login(i), high!);
    for (let i = 10; i < 13; i++) {
      append(journals, login(i), low!);
      for (const [name, journal] of journals) journals.set(name, folded(name, journal, low!));
    }
    const { settled } = cellsIn(journals, high!)["account ann"]!["count where unproven by account"] as { settled: unknown[] };
    expect(settled.length).toBeGreaterThanOrEqual(10);
  });

  it("the newest 256 entries that nobody here knows are carried on, and what is known is carried on behind them", () => {
    const journals: Journals = new Map();
    for (let i = 0; i < 300; i++) append(journals, login(i), renewed);
    const name = "account ann";
    const once = folded(name, journals.get(name)!, old);
    const reading = readJournal(once, formOf(name, old), 0);
    expect(reading.after.foreignEntries.map(([at]) => at)).toEqual(Array.from({ length: 256 }, (_, i) => 44 + i));
    expect(cellsIn(new Map([[name, once]]), renewed)[name]).toMatchObject({
      "count where failed by account": { settled: expect.any(Array) },
    });
  });
});

describe("a latch", () => {
  it("survives folding by a guard that has no such detector", () => {
    const name = "account-and-source 3:ann192.0.2.1";
    const form = formOf(name, fourKinds);
    const latch = form.slots.findIndex(({ aggregate }) => aggregate === undefined);
    const journals: Journals = new Map();
    append(journals, login(5000), fourKinds);
    const held = journals.get(name)! + writeStamp(5000, writeLatch(form, latch, login(5000)));
    const other = exposing({ failures: count({ where: failed, by: byAccountAndSource, within, limit: 1 }) }).policy;
    const twice = folded(name, folded(name, held, other), other);
    expect(readJournal(twice, form, 0).after.record?.cells[latch]).toEqual({ heldAt: 5000 });
  });
});
