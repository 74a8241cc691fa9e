import { isTime } from "./is-time.js";
import { snapshotFault } from "./snapshot-fault.js";

/** What the matches of a list have in common. */
export interface MatchForm {
  /** Whether each has a value behind its time and id, or none has. */
  readonly hasField: boolean;
  /** Whether a value is there once. */
  readonly distinct: boolean;
}

/** A list of matches, by column. */
interface ReadMatches {
  readonly at: readonly number[];
  readonly ids: readonly string[];
  /** Empty where there is no field. */
  readonly values: readonly string[];
}

/** Reads a list of matches, which stand in ascending order of time and id. */
export function readSnapshotMatches(value: unknown, { hasField, distinct }: MatchForm, index: number, path: string): ReadMatches {
  const shape = hasField ? "[time, id, value]" : "[time, id]";
  if (!Array.isArray(value)) throw snapshotFault(index, `\`${path}\` to list matches \`${shape}\``);
  const ats: number[] = [];
  const ids: string[] = [];
  const values: string[] = [];
  for (const [i, match] of value.entries()) {
    const [at, id, text] = readMatch(match, hasField) ?? [];
    if (at === undefined || id === undefined) throw snapshotFault(index, `\`${path}.${i}\` to be a match \`${shape}\``);
    if (i > 0 && !isInOrder(ats[i - 1]!, ids[i - 1]!, at, id, distinct)) {
      throw snapshotFault(index, `\`${path}.${i}\` to stand in order of time and id`);
    }
    ats.push(at);
    ids.push(id);
    if (text !== undefined) values.push(text);
  }
  if (distinct && new Set(values).size < values.length) throw snapshotFault(index, `\`${path}\` to hold a value once`);
  return { at: ats, ids, values };
}

function readMatch(match: unknown, hasField: boolean): readonly [at: number, id: string, value?: string] | undefined {
  if (!Array.isArray(match) || match.length !== (hasField ? 3 : 2)) return undefined;
  const [at, id, value]: readonly unknown[] = match;
  if (!isTime(at) || typeof id !== "string") return undefined;
  if (!hasField) return [at, id];
  return typeof value === "string" ? [at, id, value] : undefined;
}

/** Whether a match stands behind the one before it. One event may have been seen with two values of a distinct list. */
function isInOrder(atBefore: number, idBefore: string, at: number, id: string, distinct: boolean): boolean {
  return atBefore < at || (atBefore === at && (idBefore < id || (distinct && idBefore === id)));
}
