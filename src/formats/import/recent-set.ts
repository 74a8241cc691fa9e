/** Remembers the texts that were added most recently, up to a fixed number. */
export interface RecentSet {
  /** Remembers a text as the newest; one too many and the oldest is forgotten. */
  add(text: string): void;
  /** Forgets a text and says whether it was remembered. */
  take(text: string): boolean;
}

/** Texts longer than this are not remembered, so that the memory is bounded in characters too. */
export const longestRemembered = 1_024;

/**
 * Makes a set of bounded size: at most `capacity` texts of at most 1,024 characters.
 *
 * @example
 * const seen = recentSet(10_000);
 * seen.add("a");
 * [seen.take("a"), seen.take("a")]; //=> [true, false]
 */
export function recentSet(capacity: number): RecentSet {
  const texts = new Set<string>();
  return {
    add(text) {
      if (text.length > longestRemembered) return;
      texts.delete(text);
      texts.add(text);
      if (texts.size > capacity) texts.delete(texts.values().next().value!);
    },
    take: (text) => text.length <= longestRemembered && texts.delete(text),
  };
}
