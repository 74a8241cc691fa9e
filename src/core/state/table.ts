import type { GroupRecord } from "./group-record.js";

/** The groups themselves: one map per grouping of the layout, key to record. Owned by exactly one version of a state. */
export type Table = Map<string, GroupRecord>[];

/**
 * What one event did to a table, in either direction: at each position the map, the key, and the records before and after.
 * A position without a key was left alone; a record that is `undefined` is not there.
 */
export interface Step {
  readonly maps: readonly number[];
  readonly keys: readonly (string | undefined)[];
  readonly before: readonly (GroupRecord | undefined)[];
  readonly after: readonly (GroupRecord | undefined)[];
}

/**
 * A version's hold on its table. The newest version owns it; an older one knows the next newer and the step that led there (Baker
 * 1978, re-rooting). Versions that nobody holds any more are collected with their steps.
 */
export interface TableHold {
  table: Table | undefined;
  newer: TableHold | undefined;
  step: Step | undefined;
  /** Steps since the table was last copied. */
  steps: number;
}

/** A hold that has no table yet. It never gets one, so keeping it alive keeps nothing else alive. */
export function emptyHold(): TableHold {
  return { table: undefined, newer: undefined, step: undefined, steps: 0 };
}

/** A hold on a table of its own. */
export function rootHold(table: Table): TableHold {
  return { table, newer: undefined, step: undefined, steps: 0 };
}

/** Passes the table on to a new version, which came of it by `step`. */
export function passOn(hold: TableHold, step: Step): TableHold {
  const next: TableHold = { table: hold.table, newer: undefined, step: undefined, steps: hold.steps + 1 };
  hold.table = undefined;
  hold.newer = next;
  hold.step = step;
  return next;
}

const fewestSteps = 8_192;

/**
 * Whether the next version should start from a copy of the table rather than take it over. An older version leads to all newer
 * ones up to the next copy; without copies a version that is dead but not yet collected would drag every later step through
 * the garbage collector. Every four steps a group, and never sooner than 8,192 steps.
 */
export function isDueForCopy({ steps }: TableHold, groups: number): boolean {
  return steps >= fewestSteps && steps >= 4 * groups;
}

/**
 * A table of the same records in maps of its own. The hold keeps its table and begins to count anew, so that a version from which many
 * futures are tried is copied once in a while, not once a future.
 */
export function copyTable(hold: TableHold, table: Table): Table {
  hold.steps = 0;
  return table.map((groups) => {
    const copy = new Map<string, GroupRecord>();
    for (const [key, record] of groups) copy.set(key, record);
    return copy;
  });
}

/**
 * The table as this version sees it, or `undefined` when it has none. An older version takes the table over by undoing the steps
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
  const { maps, keys, before, after } = older.step!;
  const table = owner.table!;
  const back: Step = { maps, keys, before: after, after: before };
  applyStep(table, back);
  older.table = table;
  older.newer = undefined;
  older.step = undefined;
  owner.table = undefined;
  owner.newer = older;
  owner.step = back;
}

/** Writes the records after a step into the table. */
export function applyStep(table: Table, { maps, keys, after }: Step): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key === undefined) continue;
    const record = after[i];
    if (record === undefined) table[maps[i]!]!.delete(key);
    else table[maps[i]!]!.set(key, record);
  }
}
