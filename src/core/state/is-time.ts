/** Whether a value is a time: a finite number of milliseconds. */
export function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}
