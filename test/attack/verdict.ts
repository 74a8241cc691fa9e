import type { AttackFigures } from "./figures.js";
import type { Fared } from "./honest-people.js";

/** Everything that one run came to. */
export interface AttackReport {
  readonly hydra: string;
  readonly store: string;
  /** The same server with the guard in shadow: hydra must get in, or its failing proves nothing. */
  readonly control: AttackFigures;
  readonly bruteForce: AttackFigures;
  readonly spray: AttackFigures;
  readonly honest: readonly Fared[];
  /** Sessions that the server opened, and successes that honest people had: the same number, or somebody else got in. */
  readonly sessions: number;
}

/** The most passwords of one account from one source that the default policy lets be looked at. */
const pairLimit = 10;

/** What went wrong, in words; empty when all is well. */
export function problemsOf({ control, bruteForce, spray, honest, sessions }: AttackReport): readonly string[] {
  const problems: string[] = [];
  if (control.compromised.length === 0)
    problems.push("control: hydra did not get in although nobody stopped it, so its failing says nothing");
  for (const { name, compromised, finished, attempts, blocked } of [bruteForce, spray]) {
    for (const account of compromised) problems.push(`${name}: hydra got into ${account}`);
    if (!finished) problems.push(`${name}: hydra did not come to the end of its list`);
    if (attempts === 0 || blocked === 0) problems.push(`${name}: there was no attack that had to be stopped`);
  }
  if (bruteForce.checks > pairLimit) {
    problems.push(`${bruteForce.name}: ${bruteForce.checks} passwords were looked at; the limit is ${pairLimit}`);
  }
  for (const { who, mustGetIn, attempts, successes } of honest) {
    if (mustGetIn && successes < attempts) problems.push(`honest: ${who} got in ${successes} times of ${attempts}`);
  }
  const admitted = honest.reduce((sum, { successes }) => sum + successes, 0);
  if (sessions !== admitted) problems.push(`honest people got in ${admitted} times, and the server opened ${sessions} sessions`);
  return problems;
}
