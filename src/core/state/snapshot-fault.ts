/** What is wrong with a snapshot: which record, counted from 0, and what was expected there. */
export function snapshotFault(index: number, expected: string): TypeError {
  return new TypeError(`snapshot record ${index}: expected ${expected}`);
}
