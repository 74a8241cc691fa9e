/**
 * Where the guard's memory is kept. A store keeps one text a group, its journal, and can do one thing that matters: append to it and say, in the
 * same breath, what stands there now. All counting is done by whoever reads, with the code of the pure core; so a store has no limits, windows or
 * kinds to get wrong, and every store reads the same.
 *
 * `describeStore` of `portcullis/testing` holds a store to what is written here.
 */
export interface LoginStore {
  /** What it is called in messages: `memory`, `redis`, `postgres`. */
  readonly name: string;
  /**
   * For each part, atomically: stamps the time, appends the part's entries to its journal, and gives the journal back as it is right behind them.
   * Parts without entries are only read. Each part is atomic by itself; nothing is promised across parts, except that a call which fails may have
   * appended any of them. No two parts of a call have the same key.
   *
   * Rejects when it cannot.
   */
  exchange(parts: readonly StorePart[]): Promise<readonly StoreAnswer[]>;
  /**
   * Replaces the first `length` characters of a journal by `text`, if it still begins with `head`: then nothing in that part can have changed,
   * because journals only grow at their end. Does nothing otherwise. Time to live stays.
   */
  compact(fold: StoreFold): Promise<void>;
  /** Every journal of an owner that has not expired, in any order. */
  journalsOf(owner: string): Promise<readonly StoredJournal[]>;
  /** Removes every journal of an owner. Gives their number. */
  forget(owner: string): Promise<number>;
}

/** One group's share of an exchange. All texts are ASCII. */
export interface StorePart {
  /** Begins with `{tag}`: parts of one tag belong together, in a cluster on one node. */
  readonly key: string;
  /** Whose journal it is, for `journalsOf` and `forget`: an account. The tag of its key; `undefined` for groups that are nobody's. */
  readonly owner: string | undefined;
  /** Entries without their time: for each, `[`, the time of this very exchange in epoch milliseconds, and this text are appended. */
  readonly stamped: readonly string[];
  /** Entries that carry their time, appended behind those. */
  readonly entries: string;
  /** Milliseconds from now after which the journal may go unless it is appended to again; `Infinity` for never. */
  readonly keepFor: number;
  /** Whether this group is half-way to a block: a bounded store drops others first. `undefined`: as it was. */
  readonly protect?: boolean | undefined;
}

/** What became of a part. */
export interface StoreAnswer {
  /** The store's time at this exchange, epoch milliseconds. */
  readonly at: number;
  /** The journal, own entries last; `""` where there is none. `undefined` where a bounded store had no room for a new group. */
  readonly journal: string | undefined;
}

/** The beginning of a journal, to be replaced by its fold. */
export interface StoreFold {
  readonly key: string;
  readonly head: string;
  readonly length: number;
  readonly text: string;
}

/** A journal as it is kept. */
export interface StoredJournal {
  readonly key: string;
  readonly journal: string;
}
