import * as z from "zod";
import { expected } from "./expected.js";
import { readIsoTime } from "./read-iso-time.js";

/** 3 March 1973: anything smaller is rather seconds, or no time at all. */
const earliest = 100_000_000_000;
/** The end of the year 9999, as in RFC 3339: anything greater is rather microseconds. */
const latest = 253_402_300_799_999;

const epochMilliseconds = z
  .number({ error: expected("epoch milliseconds") })
  .min(earliest, { error: `expected epoch milliseconds (${earliest} or more): are these seconds?` })
  .max(latest, { error: `expected epoch milliseconds (${latest} or less): are these microseconds?` })
  .overwrite(Math.floor)
  .meta({ description: "Epoch milliseconds." });

const isoText = z
  .string()
  .meta({ format: "date-time", description: "ISO 8601 date and time with a zone, such as `2026-03-30T15:54:19Z`." })
  .transform((text, { issues, value }) => {
    const time = readIsoTime(text);
    if (typeof time === "number") return time;
    issues.push({ code: "custom", message: time, input: value });
    return z.NEVER;
  });

/** A point in time, as epoch milliseconds or as ISO 8601 text with a zone; epoch milliseconds either way. */
export const timeSchema = z.union([epochMilliseconds, isoText], {
  error: expected("epoch milliseconds or an ISO 8601 time with a zone"),
});
