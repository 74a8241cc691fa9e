import { emptyLayout, type Layout } from "./layout.js";
import { emptyHold, type TableHold } from "./table.js";

declare const opaque: unique symbol;

/**
 * Everything remembered, as one immutable value: `track` and `advance` return the next one and leave this one as it was.
 *
 * Opaque: read it through decisions, `stateSize` and `snapshot`. An old version that is kept alive may keep alive what came
 * after it, so hold a snapshot rather than a version when you want to keep the past.
 */
export interface LoginState {
  readonly [opaque]: "LoginState";
}

/** How much a state may remember. */
export interface StateOptions {
  /** The most groups (accounts, sources, pairs ...) kept at once: 1 to 16,000,000; a million by default. */
  readonly maxGroups?: number;
}

/** What stands behind a `LoginState`. Only the rooms state and engine look inside. */
export interface StateVersion {
  readonly hold: TableHold;
  readonly layout: Layout;
  readonly clock: Clock;
  readonly room: Room;
}

/** How far time has come, by events alone. */
export interface Clock {
  /** The newest time believed, epoch milliseconds; `-Infinity` before the first event. */
  readonly now: number;
  /** A time more than an hour ahead of `now` that one event claimed; believed once another event confirms it. */
  readonly claimed: number;
  readonly claimedBy: string;
}

/** How full the memory is. */
export interface Room {
  readonly maxGroups: number;
  readonly groups: number;
  /** New groups that may still ask for admission before the next pass over all groups. */
  readonly untilPass: number;
  /** Whether the last pass could not free a batch: new groups may be refused. */
  readonly starved: boolean;
}

const mostGroups = 16_000_000;

/**
 * A state that has seen nothing.
 *
 * @throws RangeError when `maxGroups` is out of bounds.
 * @example
 * stateSize(createState()); //=> { groups: 0, maxGroups: 1000000 }
 */
export function createState({ maxGroups = 1_000_000 }: StateOptions = {}): LoginState {
  if (!Number.isInteger(maxGroups) || maxGroups < 1 || maxGroups > mostGroups) {
    throw new RangeError(`expected \`maxGroups\` to be an integer from 1 to ${mostGroups}, got \`${maxGroups}\``);
  }
  return sealState({
    hold: emptyHold(),
    layout: emptyLayout,
    clock: { now: Number.NEGATIVE_INFINITY, claimed: Number.NEGATIVE_INFINITY, claimedBy: "" },
    room: { maxGroups, groups: 0, untilPass: 0, starved: false },
  });
}

/** How many groups a state remembers, and how many it may. */
export function stateSize(state: LoginState): { readonly groups: number; readonly maxGroups: number } {
  const { groups, maxGroups } = openState(state).room;
  return { groups, maxGroups };
}

/** Hides a version behind the opaque type. The one cast: the type exists so that nobody outside looks in. */
export function sealState(version: StateVersion): LoginState {
  return version as unknown as LoginState;
}

/** Looks behind the opaque type. */
export function openState(state: LoginState): StateVersion {
  const version = state as unknown as StateVersion;
  if (version?.hold === undefined) throw new TypeError("expected a state made by `createState`, `track`, `advance` or `restore`");
  return version;
}
