import type { Random } from "./random.js";

/** Draws ranks 0 to `count - 1` by Zipf's law with exponent 1: rank r is drawn in proportion to 1 / (r + 1). */
export function zipfRanks(random: Random, count: number): () => number {
  const upTo = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) {
    sum += 1 / (rank + 1);
    upTo[rank] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (upTo[middle]! <= wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
