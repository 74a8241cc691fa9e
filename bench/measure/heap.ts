/** Collects garbage; the bench's processes run with `--expose-gc`. */
export function collectGarbage(): void {
  globalThis.gc?.();
}

/** Bytes of heap in use once garbage is gone. */
export function liveHeapBytes(): number {
  if (globalThis.gc === undefined) throw new Error("heap figures need node --expose-gc");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Bytes of heap that a value keeps alive and that were not alive before it was made. */
export async function heapOf(make: () => unknown): Promise<number> {
  const before = liveHeapBytes();
  const made: { value: unknown } = { value: await make() };
  const bytes = liveHeapBytes() - before;
  // until here the value is reachable; a local that is never read again would be collected before it was weighed
  made.value = undefined;
  return bytes;
}
