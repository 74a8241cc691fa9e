/** A line that could not be read, in a run that was told to be strict. */
export class MalformedInput extends Error {
  override readonly name = "MalformedInput";
}
