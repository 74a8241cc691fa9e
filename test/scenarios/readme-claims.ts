/** One row of a README's table of turning points: of these events, this comes out. */
export interface Claim {
  readonly events: readonly string[];
  /** As in `expected.json`, or `alert: ` and a detector. */
  readonly comesOut: string;
}

/**
 * Reads the rows `| event | comes out | why |` of a README. Events are ids in backticks, apart or as `first` to `last`: then all events of
 * that stem between the two.
 *
 * @throws Error for an id that is no event
 */
export function readClaims(readme: string, ids: readonly string[]): readonly Claim[] {
  const rows = readme.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) => {
    const [, events, comesOut] = row.split("|").map((cell) => cell.trim());
    return { events: readIds(events!, ids), comesOut: comesOut! };
  });
}

function readIds(cell: string, ids: readonly string[]): readonly string[] {
  const named = [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
  for (const id of named) if (!ids.includes(id)) throw new Error(`the README names \`${id}\`, which is no event`);
  const [first, last] = named;
  if (!cell.includes("` to `") || first === undefined || last === undefined) return named;
  const between = ids.slice(ids.indexOf(first), ids.indexOf(last) + 1);
  return between.filter((id) => stem(id) === stem(first));
}

const stem = (id: string): string => id.replace(/\d+$/, "");
