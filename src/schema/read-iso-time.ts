/**
 * Reads an ISO 8601 date and time with a zone. Answers epoch milliseconds, or what was expected instead. Seconds may be left out;
 * fractions finer than a millisecond are cut.
 *
 * @example
 * readIsoTime("2026-03-30T17:54:19+02:00"); //=> 1774886059000
 * readIsoTime("2026-03-30T17:54:19"); //=> "expected a zone at the end of the time, such as `Z` or `+02:00`"
 * @see RFC 3339
 */
export function readIsoTime(text: string): number | string {
  const shape = shapeOf(text);
  if (shape === undefined) return "expected an ISO 8601 time such as `2026-03-30T15:54:19Z`, got another text";
  const { secondsAt, fractionAt, zoneAt } = shape;
  if (zoneAt === text.length) return "expected a zone at the end of the time, such as `Z` or `+02:00`";
  const month = number(text, 5, 7);
  const day = number(text, 8, 10);
  const hour = number(text, 11, 13);
  const minute = number(text, 14, 16);
  const second = secondsAt === undefined ? 0 : number(text, secondsAt, secondsAt + 2);
  const offset = offsetOf(text, zoneAt);
  const time = Date.UTC(number(text, 0, 4), month - 1, day, hour, minute, second, milliseconds(text, fractionAt, zoneAt));
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59 || offset === undefined || new Date(time).getUTCDate() !== day) {
    return "expected a date and a time of day that exist";
  }
  return time - offset;
}

/** Where the parts of a time stand that have no fixed place. */
interface Shape {
  readonly secondsAt: number | undefined;
  /** The first digit of the fraction; where the zone is when there is none. */
  readonly fractionAt: number;
  /** The end of the text when there is no zone. */
  readonly zoneAt: number;
}

const pattern = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(?:[.,]\d{1,12})?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;

function shapeOf(text: string): Shape | undefined {
  if (text.length > 40 || !pattern.test(text)) return undefined;
  const secondsAt = text[16] === ":" ? 17 : undefined;
  const clockEnd = secondsAt === undefined ? 16 : 19;
  const fractionAt = text[clockEnd] === "." || text[clockEnd] === "," ? clockEnd + 1 : clockEnd;
  let zoneAt = fractionAt;
  while (isDigit(text.charCodeAt(zoneAt))) zoneAt++;
  return { secondsAt, fractionAt, zoneAt };
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

function number(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + text.charCodeAt(at) - 0x30;
  return value;
}

function milliseconds(text: string, start: number, end: number): number {
  const digits = Math.min(end - start, 3);
  return number(text, start, start + digits) * 10 ** (3 - digits);
}

/** Milliseconds by which local time is ahead of UTC. */
function offsetOf(text: string, start: number): number | undefined {
  const sign = text[start];
  if (sign === "Z" || sign === "z") return 0;
  const hours = number(text, start + 1, start + 3);
  const minutes = text.length === start + 3 ? 0 : number(text, text.length - 2, text.length);
  if (hours > 23 || minutes > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
