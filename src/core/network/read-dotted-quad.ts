const dot = 0x2e;
const zero = 0x30;

/**
 * The dotted quad between two offsets of a text, as an unsigned 32-bit number; -1 when that stretch is anything else.
 *
 * Four decimal parts from 0 to 255 and nothing more: a leading zero (which some systems read as octal), a missing part,
 * hexadecimal and white space are all malformed. What is accepted is therefore always in canonical form already.
 *
 * @example
 * readDottedQuad("192.0.2.1", 0, 9); //=> 3221225985
 * @see RFC 6943 section 3.1.1, on why loose forms of IPv4 are a hazard
 */
export function readDottedQuad(text: string, start: number, end: number): number {
  if (end - start < 7 || end - start > 15) return -1;
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (digits === 0 || dots === 3) return -1;
      value = (value << 8) | part;
      part = 0;
      digits = 0;
      dots++;
    } else {
      const digit = code - zero;
      if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return -1;
      part = part * 10 + digit;
      if (part > 255) return -1;
      digits++;
    }
  }
  return dots === 3 && digits > 0 ? ((value << 8) | part) >>> 0 : -1;
}
