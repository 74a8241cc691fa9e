import { isDigit } from "./digits.js";

/** Where a fraction of a second ends, and its milliseconds. */
export interface Fraction {
  readonly milliseconds: number;
  readonly end: number;
}

const none = 0;

/**
 * Reads the fraction of a second at a place in a text: a point or a comma, then any number of digits, of which three count.
 * No fraction is zero milliseconds; a sub-millisecond rest is cut off, never rounded up into the next second.
 *
 * @example
 * readFraction("19.123999+02:00", 2); //=> { milliseconds: 123, end: 9 }
 */
export function readFraction(text: string, start: number): Fraction {
  const mark = text.charCodeAt(start);
  if ((mark !== 0x2e && mark !== 0x2c) || !isDigit(text, start + 1)) return { milliseconds: none, end: start };
  let milliseconds = 0;
  let end = start + 1;
  for (let weight = 100; isDigit(text, end); end++, weight = Math.floor(weight / 10)) {
    milliseconds += weight * (text.charCodeAt(end) - 0x30);
  }
  return { milliseconds, end };
}
