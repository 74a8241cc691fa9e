import { groupKey } from "../../src/core/aggregates/grouping.js";
import { matchPredicates } from "../../src/core/engine/fold.js";
import type { Policy } from "../../src/core/engine/policy.js";
import { know } from "../../src/core/engine/touch.js";
import { asciiJson } from "../../src/core/journal/ascii-json.js";
import { writeEntry, writeStamp } from "../../src/core/journal/entry.js";
import { type JournalForm, journalForms } from "../../src/core/journal/journal-form.js";
import { writeJournal } from "../../src/core/journal/journal-snapshot.js";
import { readJournal } from "../../src/core/journal/read-journal.js";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { cellOf, type SnapshotCell } from "../../src/core/state/snapshot.js";

/** Journals by grouping and key, as a store keeps them. */
export type Journals = Map<string, string>;

/** Appends what an event writes under a policy to the journals of its groups. */
export function append(journals: Journals, event: LoginEvent, policy: Policy): void {
  const { plan, alias } = policy.compiled;
  const { identity } = know(event, alias);
  const { failure: _, ...unknown } = event;
  const matched = matchPredicates(plan, event);
  const reserved = matchPredicates(plan, { ...unknown, outcome: "pending" });
  for (const [group, form] of journalForms(plan).entries()) {
    const key = groupKey(plan.groups[group]!.by, identity, event);
    if (key === undefined) continue;
    const name = `${form.grouping} ${key}`;
    const text = writeEntry(form, { event, kept: identity, matched, reserved }, asciiJson(event.id));
    if (text !== "") journals.set(name, (journals.get(name) ?? "") + writeStamp(event.at, text));
  }
}

/** The journals of a stream of events. */
export function journalsOf(events: readonly LoginEvent[], policy: Policy): Journals {
  const journals: Journals = new Map();
  for (const event of events) append(journals, event, policy);
  return journals;
}

/** The form in which a policy reads the journal of a name. */
export function formOf(name: string, policy: Policy): JournalForm {
  return journalForms(policy.compiled.plan).find(({ grouping }) => name.startsWith(`${grouping} `))!;
}

/** A journal folded into one line, as a guard with this policy does it. */
export function folded(name: string, journal: string, policy: Policy): string {
  const form = formOf(name, policy);
  return writeJournal(readJournal(journal, form, 0).after, form);
}

/** What a policy reads in journals: cells by the names of their slots. Groups of which nothing is remembered are left out. */
export function cellsIn(journals: Journals, policy: Policy): { readonly [group: string]: { readonly [slot: string]: SnapshotCell } } {
  const read = [...journals].map(([name, journal]) => [name, cellsOf(name, journal, policy)] as const);
  return Object.fromEntries(read.filter(([, cells]) => Object.keys(cells).length > 0));
}

function cellsOf(name: string, journal: string, policy: Policy): { readonly [slot: string]: SnapshotCell } {
  const form = formOf(name, policy);
  const { record } = readJournal(journal, form, 0).after;
  const known = form.slots.map(({ name: slot }, position) => [slot, record?.cells[position]] as const);
  return Object.fromEntries(known.flatMap(([slot, cell]) => (cell === undefined ? [] : [[slot, cellOf(cell)] as const])));
}

/** What the core's own state remembers, in the same form, latches left aside. */
export function cellsInState(groups: { readonly [group: string]: unknown }): { readonly [group: string]: unknown } {
  const known = Object.entries(groups).map(([name, group]) => {
    const { cells } = group as { readonly cells: { readonly [slot: string]: unknown } };
    return [name, Object.fromEntries(Object.entries(cells).filter(([slot]) => !slot.startsWith("detected ")))] as const;
  });
  return Object.fromEntries(known.filter(([, cells]) => Object.keys(cells).length > 0));
}
