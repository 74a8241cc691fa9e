/** How `portcullis` exits. A decision is never an exit code: a BLOCK in a log is an answer, not a failure. */
export const exitCode = {
  /** Done. */
  done: 0,
  /** A fault of portcullis itself. */
  fault: 1,
  /** The command, a policy or a file cannot be used as it is. */
  usage: 2,
  /** With `--strict`: a line could not be read. */
  malformed: 3,
} as const;
