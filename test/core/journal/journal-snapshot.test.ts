import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { countryField } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount } from "../../../src/core/aggregates/grouping.js";
import { failed, proven } from "../../../src/core/aggregates/outcome-predicates.js";
import { journalForms } from "../../../src/core/journal/journal-form.js";
import { writeJournal } from "../../../src/core/journal/journal-snapshot.js";
import { readJournal } from "../../../src/core/journal/read-journal.js";
import { slotId } from "../../../src/core/journal/slot-id.js";
import { exposing } from "../../support/exposing.js";

const failures = count({ where: failed, by: byAccount, within: "ever", limit: 2 });
const countries = countDistinct({ field: countryField, where: failed, by: byAccount, within: "ever", limit: 2 });
const homes = frequency({ field: countryField, where: proven, by: byAccount, within: "ever", limit: 2 });
const form = journalForms(exposing({ failures, countries, homes }).policy.compiled.plan)[0]!;
const [f, c, h] = [failures, countries, homes].map(({ name }) => slotId(name));

const fold = (journal: string): string => writeJournal(readJournal(journal, form, 0).after, form);

describe("a folded journal", () => {
  it.each([
    ["nothing", "", ""],
    ["one match", `[5,"a",1,"${f}",3,0],`, `[-1,"a",5,{"${f}":[3,{"settled":[[5,"a"]]}]}],`],
    [
      "a match and a reservation",
      `[5,"a",1,"${f}",3,0],[6,"b",0,"${f}",3,0],`,
      `[-1,"b",6,{"${f}":[3,{"settled":[[5,"a"]],"pending":[[6,"b"]]}]}],`,
    ],
    ["the newest time, whoever came last", `[9,"a",1,"${f}",3,0],[6,"b",1,"${f}",3,-1],`, `[-1,"b",9,{"${f}":[3,{"settled":[[9,"a"]]}]}],`],
    ["a value", `[5,"a",1,"${c}",3,"DE"],`, `[-1,"a",5,{"${c}":[3,{"settled":[[5,"a","DE"]]}]}],`],
    ["a tally", `[5,"a",1,"${h}",2,"DE"],`, `[-1,"a",5,{"${h}":[2,{"total":1,"replaced":0,"values":[["DE",1,0,5]],"recent":[[5,"a"]]}]}],`],
    [
      "a reservation that was taken back leaves the time",
      `[5,"a",0,"${f}",3,0],[5,"a",1,"${f}",3,-1],`,
      `[-1,"a",5,{"${f}":[3,{"settled":[]}]}],`,
    ],
    ["an entry for somebody else goes behind", `[5,"a",1,"zz",3,"x"],`, `[-1,"a",5,{}],[5,"a",1,"zz",3,"x"],`],
    ["an entry for both is parted", `[5,"a",1,"zz",3,0,"${f}",3,0],`, `[-1,"a",5,{"${f}":[3,{"settled":[[5,"a"]]}]}],[5,"a",1,"zz",3,0],`],
    ["a cell of somebody else stays as it is", '[-1,"a",5,{"zz":["any",{"thing":[]}]}],', '[-1,"a",5,{"zz":["any",{"thing":[]}]}],'],
    ["the larger capacity", `[5,"a",1,"${f}",70,0],`, `[-1,"a",5,{"${f}":[70,{"settled":[[5,"a"]]}]}],`],
    ["the larger capacity of its own", `[5,"a",1,"${f}",1,0],`, `[-1,"a",5,{"${f}":[3,{"settled":[[5,"a"]]}]}],`],
  ])("of %s", (_, journal, once) => expect(fold(journal)).toBe(once));

  it.each<[string, string]>([
    ["no id", "[-1,5,5,{}],"],
    ["no time", '[-1,"a",null,{}],'],
    ["a list of slots", '[-1,"a",5,[]],'],
    ["a slot without a capacity", `[-1,"a",5,{"${f}":[{"settled":[]}]}],`],
    ["half a match as capacity", `[-1,"a",5,{"${f}":[1.5,{"settled":[]}]}],`],
    ["a capacity beyond all bounds", `[-1,"a",5,{"${f}":[1e300,{"settled":[]}]}],`],
    ["no cell", `[-1,"a",5,{"${f}":[3,null]}],`],
    ["the cell of another kind", `[-1,"a",5,{"${f}":[3,{"heldAt":5}]}],`],
    ["matches out of order", `[-1,"a",5,{"${f}":[3,{"settled":[[6,"a"],[5,"b"]]}]}],`],
    ["a match with a value where there is no field", `[-1,"a",5,{"${f}":[3,{"settled":[[6,"a","DE"]]}]}],`],
    ["a match without one where there is", `[-1,"a",5,{"${c}":[3,{"settled":[[6,"a"]]}]}],`],
    ["a distinct value twice", `[-1,"a",5,{"${c}":[3,{"settled":[[5,"a","DE"],[6,"b","DE"]]}]}],`],
    ["an id both settled and reserved", `[-1,"a",5,{"${f}":[3,{"settled":[[5,"a"]],"pending":[[6,"a"]]}]}],`],
    ["a snapshot that is not the first line", `[5,"a",1,"${f}",3,0],[-1,"a",5,{}],`],
    ["two snapshots", '[-1,"a",5,{}],[-1,"a",5,{}],'],
  ])("is refused with %s", (_, journal) => expect(() => readJournal(journal, form, 0)).toThrow(/^journal: expected /));
});
