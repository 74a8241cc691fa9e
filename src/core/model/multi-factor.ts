type FactorClass = "knowledge" | "possession" | "inherence";

/** The `amr` values of RFC 8176, section 2, that name a factor, by class. `sms` and `tel` prove a telephone, however weakly. */
const classes: ReadonlyMap<string, FactorClass> = new Map([
  ["kba", "knowledge"],
  ["pin", "knowledge"],
  ["pwd", "knowledge"],
  ["hwk", "possession"],
  ["otp", "possession"],
  ["pop", "possession"],
  ["sc", "possession"],
  ["sms", "possession"],
  ["swk", "possession"],
  ["tel", "possession"],
  ["face", "inherence"],
  ["fpt", "inherence"],
  ["iris", "inherence"],
  ["retina", "inherence"],
  ["vbm", "inherence"],
]);

/**
 * Whether `amr` values prove more than one factor: `mfa` says so itself; otherwise two of knowledge, possession and inherence must
 * be there. Two passwords are one factor.
 *
 * @example
 * isMultiFactor(["pwd", "otp"]); //=> true
 */
export function isMultiFactor(factors: readonly string[]): boolean {
  let first: FactorClass | undefined;
  for (const factor of factors) {
    if (factor === "mfa") return true;
    const factorClass = classes.get(factor);
    if (factorClass === undefined) continue;
    if (first !== undefined && first !== factorClass) return true;
    first = factorClass;
  }
  return false;
}
