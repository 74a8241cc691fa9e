const mostHops = 100;
const mostCharacters = 8192;

/** Stands where text was cut off; it is part of no address, so the hop that it cut is none either. */
const cut = "\0";

/**
 * The hops of a header, the nearest first: its lines are one list in order, and `hopsOf` reads a line from the right.
 *
 * At most 100 hops and 8,192 characters are read; the hop at which either is reached is `undefined`, as every hop that is no address.
 *
 * @example
 * const hops = hopsFromTheRight(["192.0.2.1, 192.0.2.2", "192.0.2.3"], (line) => line.split(", ").reverse());
 * [...hops]; //=> ["192.0.2.3", "192.0.2.2", "192.0.2.1"]
 * @see RFC 9110 section 5.3, on several lines of one header
 */
export function* hopsFromTheRight(
  value: string | readonly string[] | undefined,
  hopsOf: (line: string) => Iterable<string | undefined>,
): Generator<string | undefined, void> {
  if (value === undefined) return;
  const lines = typeof value === "string" ? [value] : value;
  let hops = mostHops;
  let characters = mostCharacters;
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at]!;
    const excess = line.length - characters;
    for (const hop of hopsOf(excess > 0 ? cut + line.slice(excess) : line)) {
      yield hops > 0 ? hop : undefined;
      if (hops === 0) return;
      hops--;
    }
    if (excess > 0) return;
    characters -= line.length;
  }
}
