/** Seconds in milliseconds, for the `at` of an event. */
export const seconds = (count: number): number => count * 1_000;

/**
 * Minutes in milliseconds, for the `at` of an event.
 *
 * @example
 * minutes(15) - 1; //=> 899999
 */
export const minutes = (count: number): number => count * 60_000;

/** Hours in milliseconds, for the `at` of an event. */
export const hours = (count: number): number => count * 3_600_000;

/** Days in milliseconds, for the `at` of an event. */
export const days = (count: number): number => count * 86_400_000;
