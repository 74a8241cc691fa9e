/** A line of text and where it stands. */
export interface TextLine {
  /** Without its line break. */
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** The longest line that is read, in characters; of a longer one only the beginning is kept. */
export const longestLine = 8 * 1024 * 1024;

/**
 * The lines of a stream of bytes, a block at a time: UTF-8, with LF or CRLF, with or without a byte order mark and a last line break.
 * Memory is bounded by a block and the longest line.
 */
export async function* textLines(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
): AsyncGenerator<readonly TextLine[], void, undefined> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let number = 0;
  const take = (text: string): TextLine => ({ text: text.endsWith("\r") ? text.slice(0, -1) : text, number: ++number });
  for await (const block of bytes) {
    onBytes(block.length);
    const parts = decoder.decode(block, { stream: true }).split("\n");
    // only the new text is searched for line breaks: a long line in small blocks stays cheap
    parts[0] = (rest + parts[0]!).slice(0, longestLine);
    rest = parts.pop()!;
    if (parts.length > 0) yield parts.map(take);
  }
  rest += decoder.decode();
  if (rest !== "") yield [take(rest)];
}
