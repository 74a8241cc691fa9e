/** Runs calls with so many under way at any time, and gives how long each took, in milliseconds. */
export async function inFlight(width: number, calls: number, call: (index: number) => Promise<unknown>): Promise<Float64Array> {
  const latencies = new Float64Array(calls);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < calls) {
      const index = next++;
      const from = performance.now();
      await call(index);
      latencies[index] = performance.now() - from;
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return latencies;
}

/** The value that a share of all does not exceed. */
export function quantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
