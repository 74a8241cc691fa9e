/**
 * Where the structured data of an RFC 5424 line ends: `-`, or elements such as `[id name="value"]` with `\"`, `\\` and `\]` escaped
 * inside values. Undefined when it is neither, or does not end.
 *
 * @example
 * skipStructuredData('[a b="]"] Failed', 0); //=> 9
 * @see RFC 5424 section 6.3
 */
export function skipStructuredData(line: string, start: number): number | undefined {
  if (line[start] === "-") return start + 1;
  if (line[start] !== "[") return undefined;
  let quoted = false;
  for (let at = start + 1; at < line.length; at++) {
    const character = line[at];
    if (character === '"') quoted = !quoted;
    else if (quoted && character === "\\") at++;
    else if (!quoted && character === "]" && line[at + 1] !== "[") return at + 1;
  }
  return undefined;
}
