import type * as z from "zod";

/**
 * A schema whose output is readonly in its type. `.readonly()` would freeze each value too, which costs more than reading it; what
 * zod hands out is a fresh copy that nobody else holds.
 */
export function readonlyOf<Schema extends z.ZodType>(schema: Schema): z.ZodReadonly<Schema> {
  // the same schema under the type that `.readonly()` gives it; only `.unwrap()` would tell the difference
  return schema as unknown as z.ZodReadonly<Schema>;
}
