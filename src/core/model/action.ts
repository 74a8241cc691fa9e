/**
 * What a policy says of a login, from lenient to strict: let in; let in and tell someone; let in only after a further
 * proof; do not let in.
 */
export type Action = "ALLOW" | "FLAG" | "CHALLENGE" | "BLOCK";

/** An action that a rule can speak for. Silence is how a rule allows. */
export type SpokenAction = Exclude<Action, "ALLOW">;

/** The actions in order of strictness. */
export const actions = ["ALLOW", "FLAG", "CHALLENGE", "BLOCK"] as const satisfies readonly Action[];

/** How strict an action is: 0 for `ALLOW` up to 3 for `BLOCK`. */
export function strictness(action: Action): number {
  return action === "ALLOW" ? 0 : action === "FLAG" ? 1 : action === "CHALLENGE" ? 2 : 3;
}
