import * as z from "zod";
import { canonicalAccount } from "../core/aggregates/canonical-account.js";
import { addressBlockSchema } from "./address-block-schema.js";
import { isSound } from "./is-sound.js";
import { nameSchema } from "./name-schema.js";
import { readonlyOf } from "./readonly-of.js";
import { ruleIdSchema } from "./rule-id-schema.js";

const account = z.string().refine((id) => canonicalAccount(id) !== undefined, { error: "expected an account id of 1 to 512 characters" });

/** An entry of a policy's allow-list. */
export const allowEntrySchema = readonlyOf(
  z
    .strictObject({
      name: nameSchema.describe("Shown beside every verdict that it overrules."),
      sources: z
        .exactOptional(readonlyOf(z.array(addressBlockSchema)))
        .describe("Addresses and CIDR blocks; with `accounts`, both must hold."),
      accounts: z.exactOptional(readonlyOf(z.array(account))).describe("Account ids, compared in canonical form."),
      overrules: z
        .exactOptional(readonlyOf(z.array(ruleIdSchema)))
        .describe("Ids of the rules it overrules; by default every rule that can be (address lists, country, throttles)."),
    })
    .refine(({ sources, accounts }) => sources !== undefined || accounts !== undefined, {
      error: "expected `sources`, `accounts` or both: without them it would match everybody",
      when: isSound,
    })
    .meta({
      description: "Someone whom some rules do not stop. What they would have said stays visible in the decision.",
      anyOf: [{ required: ["sources"] }, { required: ["accounts"] }],
    }),
);
