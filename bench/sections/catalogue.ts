import type { Report } from "../report/report.js";
import { benchAdvance } from "./advance.js";
import { benchDecide } from "./decide.js";
import { benchShared } from "./shared.js";
import { benchStateful } from "./stateful.js";
import { benchWindows } from "./windows.js";

const sections = {
  decide: benchDecide,
  stateful: benchStateful,
  advance: benchAdvance,
  windows: benchWindows,
  shared: benchShared,
} as const satisfies { readonly [name: string]: () => Promise<Report> };

/** What can be measured. */
export type SectionName = keyof typeof sections;

/** The sections in the order in which they run. */
export const sectionNames = Object.keys(sections) as readonly SectionName[];

/** Whether a word names a section. */
export function isSectionName(word: string): word is SectionName {
  return Object.hasOwn(sections, word);
}

/** Measures one section. */
export function runSection(name: SectionName): Promise<Report> {
  return sections[name]();
}
