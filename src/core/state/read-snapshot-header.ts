import { isCount } from "./is-count.js";
import { isJsonObject } from "./is-json-object.js";
import { isTime } from "./is-time.js";
import type { Layout, LayoutGrouping } from "./layout.js";
import { type Clock, createState, type Room, type StateVersion } from "./login-state.js";
import { snapshotFault } from "./snapshot-fault.js";

/** Reads the first record of a snapshot: all of a state but its groups. The state shares nothing with the record. */
export function readSnapshotHeader(value: unknown): Omit<StateVersion, "hold"> {
  if (!isJsonObject(value) || value.portcullis !== "state") throw snapshotFault(0, "a snapshot header");
  if (value.version !== 1) throw snapshotFault(0, "snapshot version 1");
  return { layout: readLayout(value.layout), clock: readClock(value.clock), room: readRoom(value.room) };
}

function readLayout(value: unknown): Layout {
  if (!Array.isArray(value)) throw snapshotFault(0, "`layout` to list groupings with their slots");
  const groupings = value.map(readGrouping);
  if (!isEachOnce(groupings.map(({ name }) => name))) throw snapshotFault(0, "`layout` to name each grouping once");
  return { groupings };
}

function readGrouping(value: unknown): LayoutGrouping {
  if (!isJsonObject(value) || typeof value.name !== "string" || !isTexts(value.slots)) {
    throw snapshotFault(0, "`layout` to list groupings with their slots");
  }
  if (!isEachOnce(value.slots)) throw snapshotFault(0, "`layout` to name each slot of a grouping once");
  return { name: value.name, slots: [...value.slots] };
}

function readClock(value: unknown): Clock {
  if (!isJsonObject(value)) throw snapshotFault(0, "`clock` with times");
  const { claimedBy } = value;
  if (typeof claimedBy !== "string") throw snapshotFault(0, "`clock.claimedBy` to be a text");
  return { now: readMoment(value.now, "now"), claimed: readMoment(value.claimed, "claimed"), claimedBy };
}

function readMoment(value: unknown, name: string): number {
  if (value === null) return Number.NEGATIVE_INFINITY;
  if (!isTime(value)) throw snapshotFault(0, `\`clock.${name}\` to be a time or null`);
  return value;
}

function readRoom(value: unknown): Room {
  if (!isJsonObject(value)) throw snapshotFault(0, "`room` with counts");
  const { maxGroups, groups, untilPass, starved } = value;
  if (!isCount(maxGroups) || !mayHold(maxGroups)) throw snapshotFault(0, "`room.maxGroups` to be what `createState` takes");
  if (!isCount(groups)) throw snapshotFault(0, "`room.groups` to be a count");
  // below zero where one event brought more new groups than there is room for: a pass is due
  if (!Number.isSafeInteger(untilPass) || Number(untilPass) > maxGroups) {
    throw snapshotFault(0, "`room.untilPass` to be an integer not above `room.maxGroups`");
  }
  if (typeof starved !== "boolean") throw snapshotFault(0, "`room.starved` to be true or false");
  return { maxGroups, groups, untilPass: Number(untilPass), starved };
}

/** Whether a state may be that large: the one who makes states knows. */
function mayHold(maxGroups: number): boolean {
  try {
    createState({ maxGroups });
    return true;
  } catch {
    return false;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function isEachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
