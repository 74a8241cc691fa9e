import * as z from "zod";

/** An action that a rule can speak for. */
export const spokenActionSchema = z.enum(["FLAG", "CHALLENGE", "BLOCK"]);
