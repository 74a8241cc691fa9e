/** Whether a value is a number of things: an integer that is not negative and still exact. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
