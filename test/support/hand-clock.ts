import { type Duration, toMilliseconds } from "../../src/core/model/duration.js";

/** A clock that goes on when it is told to. */
export interface HandClock {
  /** Epoch milliseconds; to be handed to whatever wants a clock. */
  readonly clock: () => number;
  readonly goOn: (duration: Duration) => void;
}

/** A clock at a time of one's own, an ordinary day in 2026 where none is given. */
export function handClock(start = Date.UTC(2026, 6, 1)): HandClock {
  let now = start;
  return {
    clock: () => now,
    goOn: (duration) => {
      now += toMilliseconds(duration);
    },
  };
}
