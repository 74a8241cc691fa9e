import type { LoginState } from "../../src/core/state/login-state.js";
import { type SnapshotGroup, type SnapshotHeader, snapshot } from "../../src/core/state/snapshot.js";

/** Everything a state remembers of groups, by grouping and key, with each cell under its slot's name: two states compare by it. */
export function groupsOf(state: LoginState): { readonly [group: string]: unknown } {
  const [header, ...groups] = [...snapshot(state)] as [SnapshotHeader, ...SnapshotGroup[]];
  const named = groups.map(({ by, key, at, cells }) => {
    const { name, slots } = header.layout[by]!;
    return [`${name} ${key}`, { at, cells: Object.fromEntries(Object.entries(cells).map(([slot, cell]) => [slots[Number(slot)], cell])) }];
  });
  return Object.fromEntries(named);
}
