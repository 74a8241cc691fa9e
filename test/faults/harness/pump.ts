import type { Socket } from "node:net";

/** How one direction of a connection fares. */
export interface PumpFate {
  /** While true, nothing passes. */
  readonly held: () => boolean;
  /** How late what comes now is handed on, milliseconds. */
  readonly late: () => number;
  /** Whether what comes now is handed on at all. */
  readonly takes: (chunk: Buffer) => boolean;
}

/**
 * Hands on what comes from one socket to another, in its order and not before its time. What is held when its sender goes arrives nevertheless, as it
 * does on a network that was away for a moment. Gives what is to be called when the fate has changed.
 */
export function pump(from: Socket, to: Socket, { held, late, takes }: PumpFate): () => void {
  const queue: { readonly chunk: Buffer; readonly dueAt: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const drain = (): void => {
    clearTimeout(timer);
    if (to.destroyed) queue.length = 0;
    while (!held() && queue[0] !== undefined && queue[0].dueAt <= performance.now()) to.write(queue.shift()!.chunk);
    if (!held() && queue[0] !== undefined) timer = setTimeout(drain, Math.max(0, queue[0].dueAt - performance.now()));
    if (ended && queue.length === 0) to.destroySoon();
  };
  from.on("data", (chunk) => {
    if (!takes(chunk)) return;
    queue.push({ chunk, dueAt: Math.max(performance.now() + late(), queue.at(-1)?.dueAt ?? 0) });
    drain();
  });
  from.on("close", () => {
    ended = true;
    drain();
  });
  return drain;
}
