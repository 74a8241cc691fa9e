import { nodeAddress } from "./node-address.js";

const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;

/** One pair of an element up to its semicolon or the end: name, token, quoted text. No two parts of it can take the same character. */
const pair =
  /[ \t]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*)")[ \t]*)?(?:;|$)/y;

/**
 * The hops that one line of `Forwarded` names with `for=`, from right to left: canonical addresses, `undefined` for what is none.
 *
 * Elements are told apart from the right as well, so that a quotation mark which a client left open on the left cannot swallow what a
 * proxy appended. An element counts as a whole: one that is malformed, has no `for=` or has two is no address. Blanks around semicolons
 * are let pass. Takes time linear in what is asked of it.
 *
 * @example
 * const line = 'for=unknown, For="[2001:db8::1]:4711";proto=https, for=192.0.2.1;host="a,b"';
 * [...forwardedHops(line)]; //=> ["192.0.2.1", "2001:db8::1", undefined]
 * @see RFC 7239 section 4 (grammar), RFC 9110 section 5.6 (tokens, quoted strings, lists)
 */
export function* forwardedHops(line: string): Generator<string | undefined, void> {
  let end = line.length;
  let quoted = false;
  for (let at = end - 1; at >= 0; at--) {
    const code = line.charCodeAt(at);
    if (code === quote) {
      // read from the right the first one closes, and of those before it the one without a backslash opens
      quoted = !quoted || line.charCodeAt(at - 1) === backslash;
    } else if (code === comma && !quoted) {
      yield forAddress(line.slice(at + 1, end));
      end = at;
    }
  }
  yield forAddress(line.slice(0, end));
}

function forAddress(element: string): string | undefined {
  let node: string | undefined;
  pair.lastIndex = 0;
  for (;;) {
    const match = pair.exec(element);
    if (match === null) return undefined;
    const [text, name, token, quotedText = ""] = match;
    if (name?.toLowerCase() === "for") {
      if (node !== undefined) return undefined;
      node = token ?? quotedText.replace(/\\(.)/g, "$1");
    }
    if (!text.endsWith(";")) return node === undefined ? undefined : nodeAddress(node);
  }
}
