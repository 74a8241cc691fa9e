/** Whether nothing was wrong so far: the `when` of a check of the whole that would only repeat what is wrong with a part. */
export function isSound({ issues }: { readonly issues: readonly unknown[] }): boolean {
  return issues.length === 0;
}
