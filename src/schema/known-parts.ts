import { detectorCatalogue } from "../core/detectors/catalogue.js";
import type { Detector } from "../core/detectors/detector.js";
import { ruleCatalogue } from "../core/rules/catalogue.js";
import type { Rule } from "../core/rules/rule.js";

/** What a policy file can name beside the rules and detectors of the library. They are made in code and take no options there. */
export interface KnownParts {
  readonly rules?: readonly Rule[];
  readonly detectors?: readonly Detector[];
}

/**
 * Refuses parts that a file could not name without doubt. A mistake in code, so no `InputError`.
 *
 * @throws RangeError for two parts of one id, or one with the id of a rule or detector of the library.
 */
export function assertKnownParts({ rules = [], detectors = [] }: KnownParts): void {
  assertNames("rule", rules, ruleCatalogue);
  assertNames("detector", detectors, detectorCatalogue);
}

function assertNames(what: string, parts: readonly { readonly id: string }[], catalogue: object): void {
  const seen = new Set(Object.keys(catalogue));
  for (const { id } of parts) {
    if (seen.has(id)) throw new RangeError(`two ${what}s are called \`${id}\`: give yours another id`);
    seen.add(id);
  }
}
