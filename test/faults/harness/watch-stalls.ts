/** How long this process was busy with something else. */
export interface StallWatch {
  /** The longest time, milliseconds, for which no timer ran. */
  longest(): number;
  stop(): void;
}

const everyMs = 5;

/** Watches how late timers come: on a machine of two cores an answer may be late because nobody had time to give it. */
export function watchStalls(): StallWatch {
  let dueAt = performance.now() + everyMs;
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - dueAt);
    dueAt = now + everyMs;
  }, everyMs);
  return { longest: () => longest, stop: () => clearInterval(timer) };
}
