/**
 * Where things stand in a table: for each grouping, by name, the declarations whose cells its records hold, by name. A layout only
 * grows, so a record written under an earlier policy is read under a later one wherever their declarations agree.
 */
export interface Layout {
  readonly groupings: readonly LayoutGrouping[];
}

/** The slots of one grouping. */
export interface LayoutGrouping {
  readonly name: string;
  readonly slots: readonly string[];
}

/** The layout of a state that has seen nothing. */
export const emptyLayout: Layout = { groupings: [] };

/** A layout that holds all of `layout` and then whatever `wanted` adds; `layout` itself when it holds it all. */
export function extendLayout(layout: Layout, wanted: Layout): Layout {
  let grown = false;
  const groupings = layout.groupings.map(({ name, slots }) => {
    const more = wanted.groupings.find((candidate) => candidate.name === name)?.slots.filter((slot) => !slots.includes(slot)) ?? [];
    if (more.length > 0) grown = true;
    return { name, slots: [...slots, ...more] };
  });
  for (const grouping of wanted.groupings) {
    if (groupings.some(({ name }) => name === grouping.name)) continue;
    groupings.push({ name: grouping.name, slots: [...grouping.slots] });
    grown = true;
  }
  return grown ? { groupings } : layout;
}
