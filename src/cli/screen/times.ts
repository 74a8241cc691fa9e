/** A time as `2026-03-02 09:14:05Z`. */
export function showTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")}Z`;
}

/** A span of milliseconds in its two largest units: `28 min`, `3 h 5 min`, `24 d 1 h`. */
export function showSpan(milliseconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1000],
  ];
  const first = units.findIndex(([, length]) => milliseconds >= length);
  if (first < 0) return "0 s";
  const [unit, length] = units[first]!;
  const whole = Math.floor(milliseconds / length);
  const next = units[first + 1];
  const rest = next === undefined ? 0 : Math.floor((milliseconds - whole * length) / next[1]);
  return rest === 0 || next === undefined ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${next[0]}`;
}
