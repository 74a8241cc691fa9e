import type { Reading } from "./reading.js";

/** How many times its limit a count must reach before a crowd no longer excuses it. */
export const crowdCeiling = 4;

/**
 * Whether troubled accounts stand out from the accounts that got in from the same source. Behind a shared address (an office, a
 * carrier) honest people mistype too, but most of them get in; an attacker's accounts mostly do not. At `crowdCeiling` times the
 * limit no crowd excuses a source, so that accounts of one's own buy only so much.
 *
 * Source: at least 1,071 addresses of the RBA log have a thousand users or more; Herley and Schechter 2019 for measuring by share.
 */
export function standsOut(troubled: Reading, welcome: Reading, limit: number): boolean {
  return troubled.value >= limit && (troubled.value > welcome.value || troubled.value >= limit * crowdCeiling);
}
