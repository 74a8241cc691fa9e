import type { Entries } from "../aggregates/entries.js";
import type { Tally } from "../aggregates/tally.js";

/** That a detector's condition held in a group, and when it last did. */
export interface Latch {
  readonly heldAt: number;
}

/** What one declaration remembers of one group; which of the three it is follows from the declaration. */
export type Cell = Entries | Tally | Latch;

/** Everything remembered of one group: a cell for each declaration of its grouping. */
export interface GroupRecord {
  /** Time of the newest event that touched it. */
  at: number;
  /** In the order of the layout; a slot that was never written is `undefined` or beyond the end. */
  readonly cells: (Cell | undefined)[];
}
