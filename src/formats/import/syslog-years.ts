/** Says which year a year-less stamp belongs to, line after line. */
export interface SyslogYears {
  /** The year of a line of this month (1 to 12); undefined when no year was given to start from. */
  yearOf(month: number): number | undefined;
}

/**
 * Reckons the year of stamps that carry only a month, from the year of the first line.
 *
 * A line belongs to the year that puts it nearest to the newest line so far: January after December is the next year, a late
 * December line among January's is the year before, for that line only. Six months or more without any line are therefore
 * taken for a step backwards, and one line from a clock that was wrong leaves the lines after it in their year.
 *
 * @throws RangeError when the year is not a whole number from 1970 to 9998.
 * @example
 * const years = syslogYears(2025);
 * [12, 1, 12, 1].map((month) => years.yearOf(month)); //=> [2025, 2026, 2025, 2026]
 */
export function syslogYears(firstYear: number | undefined): SyslogYears {
  if (firstYear === undefined) return { yearOf: () => undefined };
  if (!Number.isInteger(firstYear) || firstYear < 1970 || firstYear > 9998) {
    throw new RangeError("expected `year` to be a whole number from 1970 to 9998");
  }
  let newestYear = firstYear;
  let newestMonth = 0;
  return {
    yearOf(month) {
      if (newestMonth === 0) newestMonth = month;
      const step = month - newestMonth;
      if (step >= 6) return newestYear - 1;
      if (step < -6) newestYear++;
      else if (step <= 0) return newestYear;
      newestMonth = month;
      return newestYear;
    },
  };
}
