/** The data behind a verdict or a detection: flat, JSON-safe, worded later by the rule that found it. */
export type Facts = { readonly [name: string]: string | number | boolean | readonly string[] };
