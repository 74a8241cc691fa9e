import type { LoginEvent } from "../model/login-event.js";
import type { Identity } from "./identity.js";

/** A named value of an event, for `countDistinct`, `latest` and `frequency`. The name is its identity. */
export interface Field {
  readonly name: string;
  /** The value, or `undefined` when the event does not carry it. Values longer than 512 characters count as absent. */
  readonly of: (identity: Identity, event: LoginEvent) => string | undefined;
}

/**
 * Names a field of your own.
 *
 * @example
 * const browser = field("browser", (_identity, event) => event.client?.browser);
 */
export function field(name: string, of: Field["of"]): Field {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new RangeError(`field name \`${name}\`: expected kebab-case`);
  return { name, of };
}

/** The canonical account. */
export const accountField = field("account", (identity) => identity.account);

/** The canonical source. */
export const sourceField = field("source", (identity) => identity.source);

/** The country as the event states it. */
export const countryField = field("country", (_identity, event) => event.source.country);

/** The vouched-for device. */
export const deviceField = field("device", (identity) => identity.device);
