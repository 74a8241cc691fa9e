import { describe, expect, it } from "vitest";
import { count } from "../../../src/core/aggregates/count.js";
import { countDistinct } from "../../../src/core/aggregates/count-distinct.js";
import { countryField, field } from "../../../src/core/aggregates/field.js";
import { frequency } from "../../../src/core/aggregates/frequency.js";
import { byAccount } from "../../../src/core/aggregates/grouping.js";
import { identify } from "../../../src/core/aggregates/identity.js";
import { attempted, failed, proven, unproven } from "../../../src/core/aggregates/outcome-predicates.js";
import type { Reads } from "../../../src/core/aggregates/reads.js";
import { bruteForce } from "../../../src/core/detectors/brute-force.js";
import { matchPredicates } from "../../../src/core/engine/fold.js";
import { definePolicy } from "../../../src/core/engine/policy.js";
import { asciiJson } from "../../../src/core/journal/ascii-json.js";
import { writeEntry, writeLatch, writeStamp } from "../../../src/core/journal/entry.js";
import { journalForms } from "../../../src/core/journal/journal-form.js";
import { slotId } from "../../../src/core/journal/slot-id.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { exposing } from "../../support/exposing.js";
import { type LoginChange, login } from "../../support/login.js";

const within = "ever";
const [tries, open, guesses] = [attempted, unproven, failed].map((where) => count({ where, by: byAccount, within, limit: 9 }));
const countries = countDistinct({ field: countryField, where: unproven, by: byAccount, within, limit: 4 });
const homes = frequency({ field: countryField, where: proven, by: byAccount, within, limit: 3 });
const id = (aggregate: { readonly name: string }): string => slotId(aggregate.name);

/** What a login of ann writes into the journal of ann, under a policy that reads this. */
function entry(reads: Reads, change: LoginChange): string {
  const { plan } = exposing(reads).policy.compiled;
  const event: LoginEvent = login(5, { id: "e", source: { country: "DE" }, ...change });
  const matched = matchPredicates(plan, event);
  const { failure: _, ...rest } = event;
  const reserved = matchPredicates(plan, { ...rest, outcome: "pending" });
  return writeEntry(journalForms(plan)[0]!, { event, kept: identify(event, undefined), matched, reserved }, asciiJson(event.id));
}

describe("writeEntry", () => {
  it.each<[string, Reads, LoginChange, string]>([
    ["a begin reserves", { open: open! }, { outcome: "pending" }, `,"e",0,"${id(open!)}",10,0],`],
    ["a failure settles", { open: open! }, {}, `,"e",1,"${id(open!)}",10,0],`],
    ["a success takes its reservation back", { open: open! }, { outcome: "success" }, `,"e",1,"${id(open!)}",10,-1],`],
    ["a technical fault does too", { open: open! }, { failure: "error" }, `,"e",1,"${id(open!)}",10,-1],`],
    ["what a begin does not reserve is not taken back", { guesses: guesses! }, { outcome: "success" }, ""],
    ["a begin that matches nothing writes nothing", { guesses: guesses! }, { outcome: "pending" }, ""],
    [
      "what settles stands before what is taken back",
      { open: open!, tries: tries! },
      { outcome: "blocked" },
      `,"e",1,"${id(tries!)}",10,0,"${id(open!)}",10,-1],`,
    ],
    [
      "one entry for all slots",
      { tries: tries!, open: open!, guesses: guesses! },
      {},
      `,"e",1,"${id(tries!)}",10,0,"${id(open!)}",10,0,"${id(guesses!)}",10,0],`,
    ],
    ["a value behind its slot", { countries }, {}, `,"e",1,"${id(countries)}",5,"DE"],`],
    ["taking back needs no value", { countries }, { outcome: "success" }, `,"e",1,"${id(countries)}",5,-1],`],
    [
      "taking back needs none even where the event lost it",
      { countries },
      { outcome: "success", source: {} },
      `,"e",1,"${id(countries)}",5,-1],`,
    ],
    ["a frequency keeps as many as it is told", { homes }, { outcome: "success" }, `,"e",1,"${id(homes)}",3,"DE"],`],
    ["a frequency knows no reservation", { homes }, { outcome: "failure" }, ""],
    ["an event without the field", { countries }, { source: {} }, ""],
    [
      "a value of 512 characters",
      { countries },
      { source: { country: "x".repeat(512) } },
      `,"e",1,"${id(countries)}",5,"${"x".repeat(512)}"],`,
    ],
    ["a value of 513 characters counts as absent", { countries }, { source: { country: "x".repeat(513) } }, ""],
    ["an id with a quote", { open: open! }, { id: '"' }, `,"\\"",1,"${id(open!)}",10,0],`],
  ])("%s", (_, reads, change, text) => expect(entry(reads, change)).toBe(text));

  it.each<[string, unknown]>([
    ["a number", 12],
    ["null", null],
    ["a list", ["DE"]],
    ["an object with a length", { length: 1 }],
  ])("a value that untyped code made %s counts as absent: it would spoil the journal", (_, value) => {
    const odd = field("odd", () => value as string);
    expect(entry({ odd: countDistinct({ field: odd, where: failed, by: byAccount, within, limit: 2 }) }, {})).toBe("");
  });
});

describe("writeStamp", () => {
  it.each([
    [0, "[0,x"],
    [1_700_000_000_000, "[1700000000000,x"],
    [1.5, "[1.5,x"],
    [8.64e15, "[8640000000000000,x"],
  ])("puts %s before a text", (at, stamped) => expect(writeStamp(at, ",x")).toBe(stamped));
});

describe("writeLatch", () => {
  it("names the slot of the detector", () => {
    const { plan } = definePolicy({ id: "one", rules: [], detectors: [bruteForce()] }).compiled;
    const form = journalForms(plan)[0]!;
    const position = form.slots.findIndex(({ aggregate }) => aggregate === undefined);
    expect(writeLatch(form, position, login(5, { id: "e" }))).toBe(`,"e",2,"${slotId("detected brute-force")}",0,0],`);
  });
});
