import type { Plan, PlanSlot } from "../engine/plan.js";
import { slotId } from "./slot-id.js";

/** How the journals of one grouping are written and read under a policy. */
export interface JournalForm {
  readonly grouping: string;
  readonly slots: readonly JournalSlot[];
  /** Slot id -> position, latches behind the aggregates, as in the records of the plan's own layout. */
  readonly positions: ReadonlyMap<string, number>;
  /** Slot -> how many matches this policy keeps; 0 for a latch. */
  readonly capacities: readonly number[];
}

/** One aggregate, or the latch of one detector. */
export interface JournalSlot {
  readonly id: string;
  /** As in the plan's layout. */
  readonly name: string;
  /** `undefined` for a latch. */
  readonly aggregate: PlanSlot | undefined;
}

/**
 * The forms of a plan's groupings, in its order.
 *
 * @throws RangeError when two slots of one grouping share an id.
 */
export function journalForms(plan: Plan): readonly JournalForm[] {
  return plan.layout.groupings.map(({ name: grouping, slots: names }, group) => {
    const slots = names.map((name, i): JournalSlot => ({ id: slotId(name), name, aggregate: plan.groups[group]!.slots[i] }));
    const positions = new Map(slots.map(({ id }, position) => [id, position]));
    if (positions.size < slots.length)
      throw new RangeError(`two slots of grouping \`${grouping}\` share an id: rename one of their predicates`);
    return { grouping, slots, positions, capacities: slots.map(({ aggregate }) => aggregate?.capacity ?? 0) };
  });
}
