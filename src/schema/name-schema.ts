import * as z from "zod";

const error = "expected a text of 1 to 100 characters";

/** What a policy, a version, a list or an allow-list entry is called. */
export const nameSchema = z.string({ error }).min(1, { error }).max(100, { error });
