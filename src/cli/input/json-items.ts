/** One item of a JSON array, as text, and the line on which it begins. */
export interface JsonItem {
  readonly text: string;
  readonly line: number;
}

/**
 * Cuts a JSON array into the texts of its items as blocks of it come in, so that an array of any length is read in bounded memory.
 * Only cuts: whether an item is JSON is for `JSON.parse` to say.
 */
export interface JsonCutter {
  /** The items that end within this block. */
  readonly push: (block: string) => readonly JsonItem[];
  /** What is wrong with the array as a whole, once the text has ended. */
  readonly end: () => readonly JsonFault[];
}

/** Something outside every item that does not belong in an array, and the line of it. */
export interface JsonFault {
  readonly line: number;
  readonly reason: string;
}

/** The longest item that is read, in characters; a longer one is cut, and so is no JSON. */
const longestItem = 8 * 1024 * 1024;

/** A cutter for one array. */
export function jsonCutter(): JsonCutter {
  let item = "";
  let depth = 0;
  let inText = false;
  let escaped = false;
  let line = 1;
  let begun = 1;
  let stray: number | undefined;
  const finish = (): readonly JsonItem[] => {
    const text = item.trim();
    item = "";
    return text === "" ? [] : [{ text, line: begun }];
  };
  return {
    push(block) {
      const items: JsonItem[] = [];
      let from = 0;
      for (let i = 0; i < block.length; i++) {
        const code = block.charCodeAt(i);
        if (code === 0x0a) line++;
        if (inText) {
          if (escaped) escaped = false;
          else if (code === 0x5c) escaped = true;
          else if (code === 0x22) inText = false;
          continue;
        }
        if (depth === 0 && code > 0x20 && code !== 0x5b && code !== 0x7b) stray ??= line;
        else if (code === 0x22) inText = true;
        else if (code === 0x5b || code === 0x7b) {
          depth++;
          if (depth === 1) from = i + 1;
          if (depth === 2) begun = line;
        } else if (code === 0x5d || code === 0x7d) {
          depth--;
          if (depth === 0) {
            item += block.slice(from, i);
            items.push(...finish());
            from = i + 1;
          }
        } else if (code === 0x2c && depth === 1) {
          item += block.slice(from, i);
          items.push(...finish());
          from = i + 1;
        }
      }
      if (depth > 0) item = (item + block.slice(from)).slice(0, longestItem);
      return items;
    },
    end: () => [
      ...(stray === undefined ? [] : [{ line: stray, reason: "text outside the array" }]),
      ...(depth === 0 ? [] : [{ line: begun, reason: "the array is not closed" }]),
    ],
  };
}
