/** A command that cannot be carried out as it was given. Its message says what to do next; the command line prints it and exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
