/**
 * The value of a cookie that a client sent; `undefined` where it sent none of that name.
 *
 * @example
 * requestCookie("theme=dark; device=a%7Eb", "device"); //=> "a~b"
 * requestCookie(undefined, "device"); //=> undefined
 * @see RFC 6265, section 4.2
 */
export function requestCookie(header: string | null | undefined, name: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 0 || pair.slice(0, equals).trim() !== name) continue;
    return decoded(pair.slice(equals + 1).trim());
  }
  return undefined;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
