import { oneLine } from "../core/engine/one-line.js";
import { InputError, type InputErrorCode, type InputIssue } from "./input-error.js";

/** Collects what is wrong with an input, so that one error can say all of it. */
export interface IssueLog {
  readonly add: (issue: InputIssue) => void;
  /** What `make` makes; when the core refuses it as misuse, that refusal is noted as an issue at `path`. */
  readonly attempt: <Made>(path: string, make: () => Made) => Made | undefined;
  /** Throws when there is any issue. */
  readonly settle: () => void;
}

/** An empty log whose error will have this code. */
export function issueLog(code: InputErrorCode): IssueLog {
  const issues: InputIssue[] = [];
  return {
    add: (issue) => {
      issues.push(issue);
    },
    attempt(path, make) {
      try {
        return make();
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
        // the path says already which rule it is
        issues.push({ path, message: oneLine(error).replace(/^`[a-z0-9-]+`: /, "") });
        return undefined;
      }
    },
    settle() {
      if (issues.length > 0) throw new InputError(code, issues);
    },
  };
}
