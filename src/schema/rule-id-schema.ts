import * as z from "zod";

/** The id of a rule or detector. */
export const ruleIdSchema = z
  .string({ error: "expected an id in kebab-case such as `failed-attempts-short`" })
  .max(100, { error: "expected an id of at most 100 characters" })
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: "expected an id in kebab-case such as `failed-attempts-short`" });
