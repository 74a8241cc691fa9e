/**
 * The number that exactly `count` decimal digits spell at a place in a text; -1 where there is anything else.
 *
 * @example
 * readDigits("15:54", 3, 2); //=> 54
 * readDigits("15:5", 3, 2); //=> -1
 */
export function readDigits(text: string, start: number, count: number): number {
  let value = 0;
  for (let at = start; at < start + count; at++) {
    if (!isDigit(text, at)) return -1;
    value = value * 10 + text.charCodeAt(at) - 0x30;
  }
  return value;
}

/** Whether a decimal digit stands at a place in a text; false beyond its end. */
export function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}
