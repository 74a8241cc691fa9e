import { ratiosOf, type Spread } from "./statistics.js";

/** Two handlers that see the same events. */
export interface Pair<E> {
  readonly own: (events: readonly E[]) => void;
  readonly reference: (events: readonly E[]) => void;
}

/** What the turns took: nanoseconds per event on average, pauses of the collector included, and the ratio block by block. */
export interface TurnTimings {
  readonly own: number;
  readonly reference: number;
  readonly ratio: Spread;
}

const turnsPerBlock = 50;

/**
 * Feeds JSON arrays of events to two handlers in turns. Each parses its own just before it handles them: as in a stream, an event is
 * young then and soon gone, and its strings have never been hashed. Parsing is not timed.
 */
export function replayInTurns<E>(texts: Iterable<string>, { own, reference }: Pair<E>, onBlock?: (events: number) => void): TurnTimings {
  const owns: number[] = [];
  const references: number[] = [];
  let [ownNs, referenceNs, inBlock, turns, total] = [0, 0, 0, 0, 0];
  for (const text of texts) {
    ownNs += nsToHandle(JSON.parse(text) as E[], own);
    const events = JSON.parse(text) as E[];
    referenceNs += nsToHandle(events, reference);
    inBlock += events.length;
    if (++turns % turnsPerBlock !== 0) continue;
    owns.push(ownNs / inBlock);
    references.push(referenceNs / inBlock);
    total += inBlock;
    [ownNs, referenceNs, inBlock] = [0, 0, 0];
    onBlock?.(total);
  }
  return { own: mean(owns), reference: mean(references), ratio: ratiosOf(owns, references) };
}

function nsToHandle<E>(events: readonly E[], handle: (events: readonly E[]) => void): number {
  const start = process.hrtime.bigint();
  handle(events);
  return Number(process.hrtime.bigint() - start);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
