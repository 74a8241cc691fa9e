import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { countryField } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount } from "../../../src/core/aggregates/grouping.js";
import { proven, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import { bruteForce } from "../../../src/core/detectors/brute-force.js";
import { definePolicy } from "../../../src/core/engine/policy.js";
import { journalForms } from "../../../src/core/journal/journal-form.js";
import { readJournal } from "../../../src/core/journal/read-journal.js";
import { slotId } from "../../../src/core/journal/slot-id.js";
import { exposing } from "../../support/exposing.js";

const failures = count({ where: unproven, by: byAccount, within: "ever", limit: 2 });
const countries = countDistinct({ field: countryField, where: unproven, by: byAccount, within: "ever", limit: 2 });
const homes = frequency({ field: countryField, where: proven, by: byAccount, within: "ever", limit: 2 });
const form = journalForms(exposing({ failures, countries, homes }).policy.compiled.plan)[0]!;
const detecting = journalForms(definePolicy({ id: "one", rules: [], detectors: [bruteForce()] }).compiled.plan)[0]!;
const [f, c, h, latch] = [failures.name, countries.name, homes.name, "detected brute-force"].map(slotId);

const begun = `[1,"a",0,"${f}",3,0],`;
const failed = `[1,"a",1,"${f}",3,0],`;
const withdrawn = `[1,"a",1,"${f}",3,-1],`;
const other = `[2,"b",1,"${f}",3,0],`;

describe("readJournal", () => {
  it("of nothing: no record, no entries, nothing changed", () => {
    expect(readJournal("", form, 0)).toEqual({
      before: undefined,
      after: { record: undefined, capacities: [3, 3, 2], foreignCells: {}, foreignEntries: [], entries: 0, lastId: "" },
      changed: false,
    });
  });

  it("`before` is the record without the reader's own entries", () => {
    const { before, after } = readJournal(other + begun, form, 1);
    expect(before?.cells[0]).toMatchObject({ ids: ["b"], pendingIds: [] });
    expect(after.record?.cells[0]).toMatchObject({ ids: ["b"], pendingIds: ["a"] });
  });

  it.each<[string, number, boolean]>([
    ["none of its own", 0, true],
    ["one", 1, true],
    ["all", 2, false],
    ["more than stand there", 3, false],
  ])("with %s, `before` is there: %s", (_, last, there) => {
    expect(readJournal(begun + other, form, last).before !== undefined).toBe(there);
  });

  it("a snapshot is nobody's own entry", () => {
    const { before } = readJournal(`[-1,"a",1,{"${f}":[3,{"settled":[[1,"a"]]}]}],`, form, 5);
    expect(before?.cells[0]).toMatchObject({ ids: ["a"] });
  });

  it.each([
    ["a begin", begun, 1, true],
    ["a begin delivered again", begun + begun, 1, false],
    ["a begin that came behind its failure", failed + begun, 1, false],
    ["a failure", begun + failed, 1, true],
    ["a failure delivered again", failed + failed, 1, false],
    ["a refund", begun + withdrawn, 1, true],
    ["a refund twice", begun + withdrawn + withdrawn, 1, false],
    ["a refund of what was never reserved", withdrawn, 1, false],
    ["a refund behind the failure", failed + withdrawn, 1, false],
    ["two entries of which only the first does anything", begun + other + withdrawn + withdrawn, 2, true],
    ["a failure older than all that are kept", `[5,"x",1,"${f}",3,0],[6,"y",1,"${f}",3,0],[7,"z",1,"${f}",3,0],${failed}`, 1, false],
    ["what nobody here knows", `[1,"a",1,"zz",3,0],`, 1, false],
    ["somebody else's change before one's own redelivery", `${failed}${other}${failed}`, 1, false],
  ])("%s", (_, journal, last, changed) => expect(readJournal(journal, form, last).changed).toBe(changed));

  it("a latch holds as late as anybody saw it", () => {
    const journal = `[5,"a",2,"${latch}",0,0],[3,"b",2,"${latch}",0,0],`;
    const position = detecting.positions.get(latch!)!;
    expect(readJournal(journal, detecting, 1).before?.cells[position]).toEqual({ heldAt: 5 });
    expect(readJournal(journal, detecting, 1).after.record?.cells[position]).toEqual({ heldAt: 5 });
  });

  it.each<[string, string]>([
    ["a number among the lines", `${begun.slice(0, -1)},7,[]],`],
    ["an entry without a time", '[null,"a",0],'],
    ["an entry at a time that is a text", '["1","a",0],'],
    ["an entry without an id", "[1,null,0],"],
    ["an empty entry", "[],"],
    ["half a slot", `[1,"a",0,"${f}",3],`],
    ["a slot that is a number", '[1,"a",0,5,3,0],'],
    ["a capacity that is a text", `[1,"a",0,"${f}","3",0],`],
    ["a capacity below nothing", `[1,"a",0,"${f}",-3,0],`],
    ["half a match as capacity", `[1,"a",0,"${f}",2.5,0],`],
    ["a capacity beyond all bounds", `[1,"a",0,"${f}",1e300,0],`],
    ["a value that is an object", `[1,"a",0,"${c}",3,{}],`],
    ["a value that is a number", `[1,"a",0,"${c}",3,7],`],
    ["a deed that is none", `[1,"a",9,"${f}",3,0],`],
    ["a deed that is a text", `[1,"a","0","${f}",3,0],`],
    ["a latch in the slot of a count", `[1,"a",2,"${f}",0,0],`],
    ["a reservation in the slot of a frequency", `[1,"a",0,"${h}",2,"DE"],`],
    ["a deed of a later time", `[1,"a",3,"${f}",3,0],`],
    ["no value in the slot of a field", `[1,"a",1,"${c}",3,0],`],
    ["a value in the slot of a count", `[1,"a",1,"${f}",3,"DE"],`],
  ])("refuses %s", (_, journal) => expect(() => readJournal(journal, form, 0)).toThrow(/^journal: expected /));

  it("refuses a match in the slot of a detector", () => {
    expect(() => readJournal(`[1,"a",1,"${latch}",0,0],`, detecting, 0)).toThrow("journal: expected a latch in the slot of a detector");
  });
});
