import { formatPath } from "./format-path.js";
import { type InputIssue, mostIssues } from "./input-error.js";

/** The keys of an input that reading it dropped, each as an issue. Both are of one shape, so it goes no deeper than what was read. */
export function droppedKeys(input: unknown, read: unknown, path: readonly PropertyKey[] = []): readonly InputIssue[] {
  if (typeof input !== "object" || input === null || typeof read !== "object" || read === null || Array.isArray(read)) return [];
  const issues: InputIssue[] = [];
  for (const [key, value] of Object.entries(input)) {
    if (issues.length > mostIssues) break;
    if (!Object.hasOwn(read, key)) issues.push({ path: formatPath([...path, key]), message: "unknown, expected no such key" });
    else if (typeof value === "object")
      issues.push(...droppedKeys(value, (read as { readonly [key: string]: unknown })[key], [...path, key]));
  }
  return issues;
}
