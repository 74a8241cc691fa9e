/** Text cut or filled to a width. Counts code points: names are shown escaped, so few are wider. */
export function toWidth(text: string, width: number): string {
  const characters = [...text];
  if (characters.length > width) return `${characters.slice(0, width - 1).join("")}…`;
  return text + " ".repeat(width - characters.length);
}

/** A number with thousands set apart. */
export function figure(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** A bar of at most `width` cells, at least one cell for anything above zero. */
export function bar(value: number, most: number, width: number): string {
  return value <= 0 ? "" : "█".repeat(Math.max(1, Math.round((value / most) * width)));
}

/** A count with its noun: `1 login`, `2 logins`. */
export function counted(value: number, noun: string): string {
  return `${figure(value)} ${noun}${value === 1 ? "" : "s"}`;
}
