/** Ids in order: `a1`, `a2`, and so on. */
export function numbered(prefix = "a"): () => string {
  let last = 0;
  return () => `${prefix}${++last}`;
}
