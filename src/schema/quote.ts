const longestQuote = 100;

/**
 * Outside text as it may stand in a message: in backticks, on one line, cut to 100 characters, control and invisible characters replaced.
 *
 * @example
 * quote("a\nb"); //=> "`a b`"
 */
export function quote(text: string): string {
  const cut = text.length > longestQuote ? `${text.slice(0, longestQuote)}...` : text;
  return `\`${cut.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").replaceAll("`", "'")}\``;
}
