/** What a command needs of the outside: where it writes, what it reads, and what kind of screen there is. */
export interface Terminal {
  /** Writes to standard output; waits while the reader is behind. */
  readonly out: (text: string) => Promise<void>;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  /** Standard input, as bytes. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Whether colours are wanted on standard output. */
  readonly colour: boolean;
  /** Whether standard error is a screen on which progress can be shown. */
  readonly progress: boolean;
  /** Milliseconds that only grow, for progress. */
  readonly elapsed: () => number;
  /** The year in which the command runs, for logs whose times have none. */
  readonly year: number;
}
