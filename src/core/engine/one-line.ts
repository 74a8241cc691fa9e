/** An error's message on one line of at most 200 characters: what a rule throws may carry outside text, or be no error at all. */
export function oneLine(error: unknown): string {
  return messageOf(error)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, 200);
}

function messageOf(error: unknown): string {
  if (typeof error === "string") return error;
  try {
    if (error instanceof Error && typeof error.message === "string") return error.message;
  } catch {
    // an error whose message throws says no more than one that has none
  }
  return "threw something that is no error";
}
