import type { IPv6Words } from "./address.js";
import type { IPv6Cidr } from "./cidr.js";

/** Whether an IPv6 address lies in any of the blocks. */
export type IPv6Ranges = (words: IPv6Words) => boolean;

/**
 * A membership test over IPv6 blocks: sorted, merged ranges, searched by halving.
 *
 * Takes at most 32 bytes a block, fewer where blocks overlap or touch.
 *
 * @example
 * ipv6Ranges([{ family: 6, base: [0x20010db8, 0, 0, 0], prefix: 32 }])([0x20010db8, 0, 0, 1]); //=> true
 */
export function ipv6Ranges(blocks: readonly IPv6Cidr[]): IPv6Ranges {
  const ranges = merge(blocks.toSorted((a, b) => compare(a.base, b.base) || a.prefix - b.prefix));
  const starts = columns(ranges.map(({ first }) => first));
  const ends = columns(ranges.map(({ last }) => last));
  const count = ranges.length;
  return (words) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareAt(starts, count, middle, words) <= 0) low = middle + 1;
      else high = middle;
    }
    return low > 0 && compareAt(ends, count, low - 1, words) >= 0;
  };
}

interface Range {
  readonly first: IPv6Words;
  last: IPv6Words;
}

/** Takes blocks in order of base, the wider first of two with one base. */
function merge(sorted: readonly IPv6Cidr[]): readonly Range[] {
  const ranges: Range[] = [];
  let latest: Range | undefined;
  for (const { base, prefix } of sorted) {
    // two blocks are nested or apart: one that starts within a range also ends within it
    if (latest !== undefined && compare(base, latest.last) <= 0) continue;
    const last = lastOf(base, prefix);
    if (latest !== undefined && follows(base, latest.last)) {
      latest.last = last;
    } else {
      latest = { first: base, last };
      ranges.push(latest);
    }
  }
  return ranges;
}

/** The first word of each, then the second of each, and so on: a search mostly reads first words, which lie close together. */
function columns(rows: readonly IPv6Words[]): Uint32Array {
  const table = new Uint32Array(4 * rows.length);
  for (let at = 0; at < rows.length; at++) {
    for (let word = 0; word < 4; word++) table[word * rows.length + at] = rows[at]![word]!;
  }
  return table;
}

function compareAt(table: Uint32Array, count: number, at: number, words: IPv6Words): number {
  return table[at]! - words[0] || table[count + at]! - words[1] || table[2 * count + at]! - words[2] || table[3 * count + at]! - words[3];
}

function compare(a: IPv6Words, b: IPv6Words): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
}

function lastOf(base: IPv6Words, prefix: number): IPv6Words {
  return [fill(base[0], prefix), fill(base[1], prefix - 32), fill(base[2], prefix - 64), fill(base[3], prefix - 96)];
}

/** Sets all but the first `bits` of 32; none from 32 up, all from 0 down. */
function fill(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0xffffffff : (word | (0xffffffff >>> bits)) >>> 0;
}

/** Whether `next` is the address right after `words`. */
function follows(next: IPv6Words, words: IPv6Words): boolean {
  let carry = 1;
  for (let word = 3; word >= 0; word--) {
    const sum = words[word]! + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    if (next[word] !== sum >>> 0) return false;
  }
  return carry === 0;
}
