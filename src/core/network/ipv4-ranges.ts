import type { IPv4Cidr } from "./cidr.js";

/** Whether an IPv4 address, as an unsigned 32-bit number, lies in any of the blocks. */
export type IPv4Ranges = (value: number) => boolean;

/**
 * A membership test over IPv4 blocks: sorted, merged ranges, searched by halving within a slice that the address's
 * leading bits look up.
 *
 * Takes at most 12 bytes a block (8 for the range, 4 for its share of an index that grows with the list), fewer where
 * blocks overlap or touch.
 *
 * @example
 * ipv4Ranges([{ family: 4, base: 0xc0000200, prefix: 24 }])(0xc0000201); //=> true
 */
export function ipv4Ranges(blocks: readonly IPv4Cidr[]): IPv4Ranges {
  const { starts, ends } = merge(blocks);
  if (starts.length === 0) return () => false;
  const bits = Math.min(16, Math.max(1, 31 - Math.clz32(starts.length)));
  const shift = 32 - bits;
  const firsts = index(starts, bits);
  return (value) => {
    const slot = value >>> shift;
    let low = firsts[slot]!;
    let high = firsts[slot + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    return low > 0 && value <= ends[low - 1]!;
  };
}

function merge(blocks: readonly IPv4Cidr[]): { readonly starts: Uint32Array; readonly ends: Uint32Array } {
  // 32 bits of base and 6 of prefix fit a double, so that the engine's own number sort does the work
  const sorted = new Float64Array(blocks.length);
  for (let at = 0; at < blocks.length; at++) sorted[at] = blocks[at]!.base * 64 + blocks[at]!.prefix;
  sorted.sort();
  const starts = new Uint32Array(sorted.length);
  const ends = new Uint32Array(sorted.length);
  let count = 0;
  for (const packed of sorted) {
    const start = Math.floor(packed / 64);
    const end = start + 2 ** (32 - (packed % 64)) - 1;
    if (count > 0 && start <= ends[count - 1]! + 1) {
      if (end > ends[count - 1]!) ends[count - 1] = end;
    } else {
      starts[count] = start;
      ends[count] = end;
      count++;
    }
  }
  return { starts: starts.slice(0, count), ends: ends.slice(0, count) };
}

/** For each value of the leading bits, how many ranges start below it; one slot more closes the last. */
function index(starts: Uint32Array, bits: number): Uint32Array {
  const firsts = new Uint32Array(2 ** bits + 1);
  let count = 0;
  for (let slot = 0; slot < firsts.length; slot++) {
    const floor = slot * 2 ** (32 - bits);
    while (count < starts.length && starts[count]! < floor) count++;
    firsts[slot] = count;
  }
  return firsts;
}
