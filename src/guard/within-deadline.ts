import { StoreError } from "../stores/store-error.js";

/** The longest that a timer can wait, milliseconds: beyond, it would not wait at all. */
const longestWait = 2 ** 31 - 1;

/** Runs something once the loop has looked what has come from outside; behind the timers that are due, it has not yet. */
const afterNextLook: (run: () => void) => unknown = typeof setImmediate === "function" ? setImmediate : (run) => setTimeout(run, 0);

/**
 * A promise's value, or a rejection once the time is over. What the promise does later is nobody's business. Anything with a `then` will do.
 *
 * An answer that came in time counts even where the process was busy until the time was over: a password hash that holds up the loop makes no store fail.
 *
 * @throws StoreError `deadline` when `milliseconds` are over.
 */
export function withinDeadline<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new StoreError("deadline", "it did not answer within the deadline"));
    const timer = setTimeout(() => afterNextLook(late), Math.min(Math.max(0, milliseconds), longestWait));
    Promise.resolve(promise).then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
