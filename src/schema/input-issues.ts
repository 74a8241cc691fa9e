import type * as z from "zod";
import { formatPath } from "./format-path.js";
import { type InputIssue, mostIssues } from "./input-error.js";

/** What zod found, each with the value that did not fit (`reportInput`). */
export type FoundIssue = z.core.$ZodIssue;

/**
 * What zod found, one issue for each place, and of a union the issues of the alternative that was most likely meant. Stops soon
 * after 100 issues.
 */
export function inputIssues(found: readonly FoundIssue[], prefix: readonly PropertyKey[] = []): readonly InputIssue[] {
  const issues: InputIssue[] = [];
  for (const issue of found) {
    if (issues.length > mostIssues) break;
    const path = [...prefix, ...issue.path];
    const meant = issue.code === "invalid_union" ? likeliest(issue.errors) : undefined;
    if (meant !== undefined) issues.push(...inputIssues(meant, path));
    else if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys.slice(0, mostIssues)) issues.push({ path: formatPath([...path, key]), message: issue.message });
    } else issues.push({ path: formatPath(path), message: issue.message });
  }
  return issues;
}

/** The alternative that fits best; `undefined` when two fit equally badly, or none is even of the right kind. */
function likeliest(alternatives: readonly (readonly FoundIssue[])[]): readonly FoundIssue[] | undefined {
  const [best, second] = alternatives
    .map((issues) => ({ issues, misfit: issues.reduce((total, issue) => total + misfit(issue), 0) }))
    .sort((a, b) => a.misfit - b.misfit);
  if (best === undefined || best.misfit === Number.POSITIVE_INFINITY || best.misfit === second?.misfit) return undefined;
  return best.issues;
}

/** How strongly an issue says that another alternative was meant: the wrong kind of thing, keys of another, a key that is missing. */
function misfit(issue: FoundIssue): number {
  const depth = issue.path.length;
  if (issue.code === "unrecognized_keys") return depth === 0 ? issue.keys.length : 0;
  if (issue.code === "invalid_union")
    return issue.discriminator !== undefined && !Object.hasOwn(Object(issue.input), issue.discriminator) ? 2 : 0;
  if (issue.code !== "invalid_type") return issue.input === undefined && depth === 1 ? 1 : 0;
  if (depth === 0) return Number.POSITIVE_INFINITY;
  return depth === 1 && (issue.input === undefined || issue.expected === "never") ? 1 : 0;
}
