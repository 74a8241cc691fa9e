import type { Cell, GroupRecord } from "./group-record.js";
import { isCount } from "./is-count.js";
import { isJsonObject } from "./is-json-object.js";
import { isTime } from "./is-time.js";
import type { Layout } from "./layout.js";
import { readSnapshotCell } from "./read-snapshot-cell.js";
import { snapshotFault } from "./snapshot-fault.js";

/** A group and where it belongs: the position of its grouping in the layout, and its key. */
interface ReadGroup {
  readonly by: number;
  readonly key: string;
  readonly record: GroupRecord;
}

/** Reads one record behind the header. `index` is the record's own, for what is said when it is wrong. */
export function readSnapshotGroup(value: unknown, { groupings }: Layout, index: number): ReadGroup {
  const { by, key, at, cells } = isJsonObject(value) ? value : {};
  const grouping = isCount(by) ? groupings[by] : undefined;
  if (!isCount(by) || grouping === undefined) throw snapshotFault(index, "`by` to be a grouping of the header");
  if (typeof key !== "string") throw snapshotFault(index, "`key` to be a text");
  if (!isTime(at)) throw snapshotFault(index, "`at` to be a time");
  return { by, key, record: { at, cells: readCells(cells, grouping.slots, index) } };
}

function readCells(value: unknown, slots: readonly string[], index: number): (Cell | undefined)[] {
  if (!isJsonObject(value)) throw snapshotFault(index, "`cells` to be an object of slots");
  const cells = new Array<Cell | undefined>(slots.length).fill(undefined);
  for (const [position, cell] of Object.entries(value)) {
    const name = slots[Number(position)];
    // "01" and "" are numbers too, and no way to write a position
    if (name === undefined || String(Number(position)) !== position) {
      throw snapshotFault(index, `\`cells.${onOneLine(position)}\` to be a slot of the header`);
    }
    cells[Number(position)] = readSnapshotCell(cell, name, index, `cells.${position}`);
  }
  return cells;
}

/** The start of a text from outside, fit for a message. */
function onOneLine(text: string): string {
  return JSON.stringify(text.slice(0, 64)).slice(1, -1);
}
