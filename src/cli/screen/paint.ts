import picocolors from "picocolors";
import type { Action } from "../../core/model/action.js";
import type { Severity } from "../../core/model/detection.js";

type Colour = (text: string) => string;

/** Colours by meaning. Plain text where no colour is wanted; the words alone always say it too. */
export interface Paint {
  readonly action: (action: Action, text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
  readonly strong: Colour;
  readonly faint: Colour;
}

/** The paint for a screen with or without colour. */
export function makePaint(colour: boolean): Paint {
  const { green, yellow, magenta, red, bold, dim, cyan } = picocolors.createColors(colour);
  const actions = { ALLOW: green, FLAG: yellow, CHALLENGE: magenta, BLOCK: red } satisfies Record<Action, Colour>;
  const severities = { low: cyan, medium: yellow, high: red, critical: (text: string) => bold(red(text)) } satisfies Record<
    Severity,
    Colour
  >;
  return {
    action: (action, text) => actions[action](text),
    severity: (severity, text) => severities[severity](text),
    strong: bold,
    faint: dim,
  };
}
