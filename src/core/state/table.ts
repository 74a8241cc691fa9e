import type { GroupRecord } from "./group-record.js";

/** The groups themselves: one map per grouping of the layout, key to record. Owned by exactly one version of a state. */
export type Table = Map<string, GroupRecord>[];

/** One reversible change: what stood in the table before. */
export interface Change {
  readonly grouping: number;
  readonly key: string;
  readonly before: GroupRecord | undefined;
}

/**
 * A version's hold on its table. The newest version owns it; an older one knows the next newer and how to undo what that one did
 * (Baker 1978, re-rooting). Versions that nobody holds any more are collected with their changes.
 */
export interface TableHold {
  table: Table | undefined;
  newer: TableHold | undefined;
  undo: readonly Change[];
}

/** A hold that has no table yet. It never gets one, so keeping it alive keeps nothing else alive. */
export function emptyHold(): TableHold {
  return { table: undefined, newer: undefined, undo: noChanges };
}

const noChanges: readonly Change[] = [];

/**
 * The table as this version sees it, or `undefined` when it has none. An older version takes the table over by undoing the changes
 * between; going back and forth costs what lies between.
 */
export function tableOf(hold: TableHold): Table | undefined {
  if (hold.table !== undefined || hold.newer === undefined) return hold.table;
  const path: TableHold[] = [];
  let owner = hold;
  while (owner.newer !== undefined) {
    path.push(owner);
    owner = owner.newer;
  }
  for (let i = path.length - 1; i >= 0; i--) {
    takeOver(path[i]!, owner);
    owner = path[i]!;
  }
  return hold.table;
}

/** Hands the table from its owner to the version just before it. */
function takeOver(older: TableHold, owner: TableHold): void {
  const table = owner.table!;
  const redo: Change[] = [];
  for (let i = older.undo.length - 1; i >= 0; i--) {
    const { grouping, key, before } = older.undo[i]!;
    const map = table[grouping]!;
    redo.push({ grouping, key, before: map.get(key) });
    if (before === undefined) map.delete(key);
    else map.set(key, before);
  }
  older.table = table;
  older.newer = undefined;
  older.undo = noChanges;
  owner.table = undefined;
  owner.newer = older;
  owner.undo = redo;
}

/** Passes the table on to a new version that made `changes` to it, given in the order in which they were made. */
export function passOn(hold: TableHold, changes: readonly Change[]): TableHold {
  const next: TableHold = { table: hold.table, newer: undefined, undo: noChanges };
  hold.table = undefined;
  hold.newer = next;
  hold.undo = changes;
  return next;
}
