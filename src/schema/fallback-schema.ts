import * as z from "zod";

/** What speaks in place of a rule that cannot: an action, or nothing. */
export const fallbackSchema = z.enum(["FLAG", "CHALLENGE", "BLOCK", "ABSTAIN"]).meta({
  id: "Fallback",
  description: "An action, or ABSTAIN for none.",
});
