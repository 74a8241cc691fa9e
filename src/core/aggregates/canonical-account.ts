const longestAccount = 512;

/**
 * An account id in the form in which it is counted: NFKC, trimmed, case-folded. `undefined` when nothing is left or it is longer
 * than 512 characters, so that no shared bucket forms and no attacker chooses how much is kept.
 *
 * Idempotent: a canonical id is its own canonical form. Aliases (`a.b@` and `ab@`) are the policy's hook, not guessed here.
 *
 * @example
 * canonicalAccount("  Alice@Example.COM "); //=> "alice@example.com"
 */
export function canonicalAccount(id: string): string | undefined {
  if (typeof id !== "string") return undefined;
  // blanks round a name are no part of it, however many: whoever looks the account up may pass over them too
  const name = id.length > longestAccount ? id.trim() : id;
  if (name.length > longestAccount) return undefined;
  if (isPlain(name)) return name.length === 0 ? undefined : name;
  const folded = name.normalize("NFKC").toLowerCase().replaceAll("ς", "σ").normalize("NFKC").trim();
  return folded.length === 0 || folded.length > longestAccount ? undefined : folded;
}

/** Whether the text is printable ASCII without capitals or blanks: already canonical. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20 || code >= 0x7f || (code >= 0x41 && code <= 0x5a)) return false;
  }
  return true;
}
