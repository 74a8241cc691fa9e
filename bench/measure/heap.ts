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
