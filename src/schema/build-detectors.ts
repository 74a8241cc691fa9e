import { detectorCatalogue } from "../core/detectors/catalogue.js";
import type { Detector } from "../core/detectors/detector.js";
import type { IssueLog } from "./issue-log.js";
import type { KnownParts } from "./known-parts.js";
import type { PolicyFile } from "./policy-schema.js";

type DetectorEntry = NonNullable<PolicyFile["detectors"]>[number];

/** The detectors that a policy file lists, those that are off left out. */
export function buildDetectors(entries: readonly DetectorEntry[], known: KnownParts, log: IssueLog): readonly Detector[] {
  const ids = new Set<string>();
  return entries.flatMap((entry, index) => {
    const { detector: id } = entry;
    if (ids.has(id)) log.add({ path: `detectors[${index}].detector`, message: `two detectors are called \`${id}\`, expected one` });
    ids.add(id);
    if (entry.mode === "off") return [];
    return log.attempt(`detectors[${index}].options`, () => make(entry, known)) ?? [];
  });
}

function make(entry: DetectorEntry, known: KnownParts): Detector | undefined {
  const { detector: id } = entry;
  if (!isOfCatalogue(id)) return known.detectors?.find((detector) => detector.id === id);
  // the schema of this very id has read the options
  const factory: (options?: never) => Detector = detectorCatalogue[id];
  return factory(("options" in entry ? entry.options : undefined) as never);
}

function isOfCatalogue(id: string): id is keyof typeof detectorCatalogue {
  return Object.hasOwn(detectorCatalogue, id);
}
