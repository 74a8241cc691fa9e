import * as z from "zod";
import { expected } from "./expected.js";
import { isSound } from "./is-sound.js";
import { readonlyOf } from "./readonly-of.js";

const part = z.exactOptional(z.number().min(0).max(1e9));

const parts = z.strictObject(
  { weeks: part, days: part, hours: part, minutes: part, seconds: part },
  { error: (issue) => (issue.code === "invalid_type" ? expected("a duration such as { minutes: 15 }")(issue) : undefined) },
);

/** A span of time: `{ "minutes": 15 }`. Its parts add up to more than nothing. */
export const durationSchema = readonlyOf(
  parts
    .refine((duration) => Object.values(duration).some((length) => length > 0), {
      error: "expected a duration longer than zero, such as { minutes: 15 }",
      when: isSound,
    })
    .meta({ id: "Duration", description: "A span of time, longer than zero: its parts are added up." }),
);
