import type { LoginEvent } from "../model/login-event.js";

/** A named question about one event: the `where` of an aggregate. The name is its identity, so one name means one thing. */
export interface Predicate {
  readonly name: string;
  readonly test: (event: LoginEvent) => boolean;
}

/**
 * Names a predicate. Two predicates of one name in a policy are an error, so that what is remembered survives a redeploy.
 *
 * @example
 * const fromTor = predicate("from-tor", (event) => event.source.network === "tor");
 */
export function predicate(name: string, test: (event: LoginEvent) => boolean): Predicate {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new RangeError(`predicate name \`${name}\`: expected kebab-case`);
  return { name, test };
}
