import { canonicalAddress } from "../../core/network/canonical-address.js";
import { nodeAddress } from "./node-address.js";

/**
 * The hops that one line of `X-Forwarded-For` names, from right to left: canonical addresses, `undefined` for what is none.
 *
 * The header has no standard. Read are addresses with or without a port, IPv6 with or without brackets, between commas and blanks; an
 * IPv6 address that is followed by a port must be in brackets. Takes time linear in what is asked of it.
 *
 * @example
 * [...xForwardedForHops("unknown, [2001:db8::1]:4711, 2001:db8::2, 192.0.2.1")]; //=> ["192.0.2.1", "2001:db8::2", "2001:db8::1", undefined]
 */
export function* xForwardedForHops(line: string): Generator<string | undefined, void> {
  for (let end = line.length; end >= 0; ) {
    const comma = end === 0 ? -1 : line.lastIndexOf(",", end - 1);
    const entry = withoutBlanks(line, comma + 1, end);
    yield nodeAddress(entry) ?? canonicalAddress(entry);
    end = comma;
  }
}

/** Unlike `trim`, which also takes line breaks and the blanks of Unicode away. */
function withoutBlanks(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (start < end && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
