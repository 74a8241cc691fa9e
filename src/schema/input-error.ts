/** What kind of input was refused. */
export type InputErrorCode = "invalid-json" | "invalid-event" | "invalid-policy" | "invalid-handle";

/** One thing that is wrong with an input, and where. */
export interface InputIssue {
  /** Such as `rules[2].options.within.minutes`; empty for the input as a whole. */
  readonly path: string;
  /** What was expected, on one line: lower case, no full stop, outside text in backticks and cut. */
  readonly message: string;
}

/** The most issues that one error lists: a hostile document does not fill a log. */
export const mostIssues = 100;

/**
 * Untrusted input that is not what it should be. Its message is one line with the first issue; `issues` lists them all, up to 100.
 *
 * Values of events never appear in it, so that no password or token that was put in the wrong field does.
 *
 * @example
 * const error = new InputError("invalid-policy", [{ path: "rules[2].options.blockAt", message: "expected an integer >= 1" }]);
 * error.message; //=> "invalid policy: rules[2].options.blockAt: expected an integer >= 1"
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly code: InputErrorCode;
  readonly issues: readonly InputIssue[];

  constructor(code: InputErrorCode, issues: readonly InputIssue[]) {
    super(summaryOf(code, issues));
    this.code = code;
    this.issues = issues.slice(0, mostIssues);
  }
}

function summaryOf(code: InputErrorCode, issues: readonly InputIssue[]): string {
  const [first] = issues;
  const what = code.replace("-", " ");
  if (first === undefined) return what;
  const where = first.path === "" ? "" : `${first.path}: `;
  const more = issues.length === 1 ? "" : ` (and ${issues.length > mostIssues ? `at least ${mostIssues}` : issues.length - 1} more)`;
  return `${what}: ${where}${first.message}${more}`;
}
