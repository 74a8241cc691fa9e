import * as z from "zod";

/** An action that a rule can speak for. */
export const spokenActionSchema = z.enum(["FLAG", "CHALLENGE", "BLOCK"]).meta({
  id: "Action",
  description: "FLAG lets in and tells someone, CHALLENGE lets in only after a further proof, BLOCK does not let in.",
});
