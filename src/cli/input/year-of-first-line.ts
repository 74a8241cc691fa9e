const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * The year of a log's first line, for times such as `Mar 30 15:54:19`, when its last line is of `lastYear`: the year before if the log
 * begins in a later month than it ends, because it then runs over New Year.
 */
export function yearOfFirstLine(beginning: string, ending: string, lastYear: number): number {
  const first = monthOf(beginning.trimStart());
  const last = monthOf(ending.trimEnd().split("\n").at(-1) ?? "");
  return first >= 0 && last >= 0 && first > last ? lastYear - 1 : lastYear;
}

function monthOf(line: string): number {
  return months.indexOf(line.slice(0, 3));
}
