/** The first mistake in a text that should be JSON. */
export interface JsonError {
  /** Offset in the text; its length when the text ends too soon. */
  readonly at: number;
  /** What JSON would have had there. */
  readonly expected: string;
}

/** What may stand next. */
type Next = "value" | "value or ]" | "key" | "key or }" | ":" | ", or close" | "end";

/** How far reading has come. */
interface Place {
  readonly at: number;
  readonly next: Next;
}

const blank = /[ \t\n\r]*/y;
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/**
 * Finds where a text stops being JSON; `undefined` when it is JSON. `JSON.parse` tells only that, and on some engines where.
 *
 * @see RFC 8259
 */
export function findJsonError(text: string): JsonError | undefined {
  const open: ("{" | "[")[] = [];
  let place: Place = { at: 0, next: "value" };
  for (;;) {
    const at = endOf(blank, text, place.at);
    if (place.next === "end") return at === text.length ? undefined : { at, expected: "the end of the text" };
    const reached = step(text, { at, next: place.next }, open);
    if ("expected" in reached) return reached;
    place = reached;
  }
}

/** Reads one sign, string, number or word, and keeps the open brackets. */
function step(text: string, { at, next }: Place, open: ("{" | "[")[]): Place | JsonError {
  const char = text[at];
  const settled = (end: number): Place => ({ at: end, next: open.length === 0 ? "end" : ", or close" });
  const close = closerOf(next, open.at(-1));
  if (char !== undefined && char === close) {
    open.pop();
    return settled(at + 1);
  }
  if (next === ", or close") {
    return char === "," ? { at: at + 1, next: close === "}" ? "key" : "value" } : { at, expected: `\`,\` or \`${close}\`` };
  }
  if (next === ":") return char === ":" ? { at: at + 1, next: "value" } : { at, expected: "`:`" };
  const isKey = next === "key" || next === "key or }";
  if (char === '"') {
    const end = skipString(text, at);
    if (typeof end !== "number") return end;
    return isKey ? { at: end, next: ":" } : settled(end);
  }
  const or = close === undefined ? "" : ` or \`${close}\``;
  if (isKey) return { at, expected: `a key in double quotes${or}` };
  if (char === "{" || char === "[") {
    open.push(char);
    return { at: at + 1, next: char === "{" ? "key or }" : "value or ]" };
  }
  const end = endOf(scalar, text, at);
  return end === at ? { at, expected: `a value${or}` } : settled(end);
}

/** The bracket that may stand here, if any. */
function closerOf(next: Next, innermost: "{" | "[" | undefined): "}" | "]" | undefined {
  if (next === "key or }") return "}";
  if (next === "value or ]") return "]";
  return next === ", or close" ? (innermost === "{" ? "}" : "]") : undefined;
}

/** The end of what a sticky pattern matches at a place; the place itself when it matches nothing. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The end of the string that begins at a place, or what is wrong with it. */
function skipString(text: string, start: number): number | JsonError {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return { at, expected: "the end of the text in double quotes, or an escape such as `\\n`" };
    if (code !== 0x5c) continue;
    const escaped = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6));
    if (escaped === null) return { at, expected: "an escape such as `\\n` or `\\u00e9`" };
    at += escaped[0].length;
  }
  return { at: text.length, expected: "the end of the text in double quotes" };
}
