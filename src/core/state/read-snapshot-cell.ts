import type { Cell } from "./group-record.js";
import { isJsonObject } from "./is-json-object.js";
import { isTime } from "./is-time.js";
import { readSnapshotEntries } from "./read-snapshot-entries.js";
import { readSnapshotTally } from "./read-snapshot-tally.js";
import { snapshotFault } from "./snapshot-fault.js";

/**
 * Reads one cell. The name of its slot tells what stands there: `detected ID`, `frequency FIELD where ...`, `count where ...`,
 * `count-distinct FIELD where ...`, `latest where ...` or `latest FIELD where ...`.
 */
export function readSnapshotCell(value: unknown, slot: string, index: number, path: string): Cell {
  if (!isJsonObject(value)) throw snapshotFault(index, `\`${path}\` to be a cell`);
  switch (slot.slice(0, slot.indexOf(" "))) {
    case "detected":
      if (!isTime(value.heldAt)) throw snapshotFault(index, `\`${path}.heldAt\` to be a time`);
      return { heldAt: value.heldAt };
    case "frequency":
      return readSnapshotTally(value, index, path);
    case "count":
      return readSnapshotEntries(value, { hasField: false, distinct: false }, index, path);
    case "count-distinct":
      return readSnapshotEntries(value, { hasField: true, distinct: true }, index, path);
    case "latest":
      return readSnapshotEntries(value, { hasField: !withoutField.test(slot), distinct: false }, index, path);
    default:
      throw snapshotFault(index, `\`${path}\` to stand in a slot of a known kind`);
  }
}

// to the end of the name, because a field may be called `where`
const withoutField = /^latest where \S+ by \S+$/;
