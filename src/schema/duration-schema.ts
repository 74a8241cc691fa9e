import * as z from "zod";
import { readonlyOf } from "./readonly-of.js";

const part = z.exactOptional(z.number().min(0));

const parts = z.strictObject({ weeks: part, days: part, hours: part, minutes: part, seconds: part });

/** A span of time: `{ "minutes": 15 }`. Its parts add up to more than nothing. */
export const durationSchema = readonlyOf(
  parts
    .refine((duration) => isSpan(Object.values(duration)), { error: "expected a duration longer than zero, such as { minutes: 15 }" })
    .meta({ id: "Duration", description: "A span of time, longer than zero: its parts are added up." }),
);

/** Whether the parts make a length that is neither zero nor beyond all numbers. */
function isSpan(lengths: readonly number[]): boolean {
  return lengths.some((length) => length > 0) && lengths.every((length) => length < 1e9);
}
