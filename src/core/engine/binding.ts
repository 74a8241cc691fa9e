import type { Entries } from "../aggregates/entries.js";
import type { Keep } from "../state/admission.js";
import { tolerance } from "../state/clock.js";
import type { GroupRecord } from "../state/group-record.js";
import { emptyLayout, extendLayout, type Layout } from "../state/layout.js";
import type { Plan, PlanGroup } from "./plan.js";

/** Where a plan's groups and slots stand in tables of one layout. */
export interface Binding {
  /** The layout of a table once this plan has written to it. */
  readonly layout: Layout;
  /** Plan group -> map of the table. */
  readonly maps: readonly number[];
  /** Plan group -> slot (latches last) -> cell of the record. */
  readonly cells: readonly (readonly number[])[];
  /** Plan group -> how many cells its records have. */
  readonly widths: readonly number[];
  /** Map of the table -> how long and how firmly its groups are kept. `undefined`: this plan does not know the grouping. */
  readonly keeps: readonly (Keep | undefined)[];
}

/** Binds a plan to the layout of a state. Remembers the last answer per plan: states of one run share a layout. */
export function bind(plan: Plan, layout: Layout): Binding {
  if (layout === lastLayout && plan === lastPlan) return lastBinding!;
  const binding = bindings.get(plan)?.get(layout) ?? remember(plan, layout);
  [lastPlan, lastLayout, lastBinding] = [plan, layout, binding];
  return binding;
}

function remember(plan: Plan, layout: Layout): Binding {
  const known = bindings.get(plan);
  const made = makeBinding(plan, layout === emptyLayout ? plan.layout : extendLayout(layout, plan.layout));
  const perPlan = known ?? new WeakMap<Layout, Binding>();
  perPlan.set(layout, made);
  perPlan.set(made.layout, made);
  bindings.set(plan, perPlan);
  return made;
}

// a memo of a pure function, keyed by values that never change: it shows in nothing but speed
const bindings = new WeakMap<Plan, WeakMap<Layout, Binding>>();
let lastPlan: Plan | undefined;
let lastLayout: Layout | undefined;
let lastBinding: Binding | undefined;

function makeBinding(plan: Plan, layout: Layout): Binding {
  const maps = plan.groups.map(({ by }) => layout.groupings.findIndex(({ name }) => name === by.name));
  const cells = plan.layout.groupings.map(({ slots }, group) => slots.map((slot) => layout.groupings[maps[group]!]!.slots.indexOf(slot)));
  const keeps = layout.groupings.map((_, map) => {
    const group = maps.indexOf(map);
    return group < 0 ? undefined : keepOf(plan.groups[group]!, cells[group]!);
  });
  const widths = maps.map((map) => layout.groupings[map]!.slots.length);
  return { layout, maps, cells, widths, keeps };
}

function keepOf(group: PlanGroup, cells: readonly number[]): Keep {
  const guards = group.protections.map(({ slot, within, atLeast }) => ({ cell: cells[slot]!, within, atLeast }));
  return {
    retention: group.longestWindow + tolerance,
    isProtected: (record, now) => guards.some(({ cell, within, atLeast }) => reaches(record, cell, now - within, atLeast)),
  };
}

/** Whether a record holds `atLeast` matches newer than `after`, floors left aside: a group is rather kept than lost. */
function reaches(record: GroupRecord, cell: number, after: number, atLeast: number): boolean {
  const entries = record.cells[cell] as Entries | undefined;
  if (entries === undefined || entries.at.length + entries.pendingAt.length < atLeast) return false;
  let matches = 0;
  for (const at of entries.at) if (at > after) matches++;
  for (const at of entries.pendingAt) if (at > after) matches++;
  return matches >= atLeast;
}
