/** An error's message on one line of at most 200 characters: what a rule throws may carry outside text. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : typeof error === "string" ? error : "threw something that is no error";
  return message.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 200);
}
