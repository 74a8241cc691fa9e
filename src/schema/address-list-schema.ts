import * as z from "zod";
import { addressBlockSchema } from "./address-block-schema.js";
import { nameSchema } from "./name-schema.js";
import { readonlyOf } from "./readonly-of.js";
import { timeSchema } from "./time-schema.js";

/** A named list of addresses, written out. */
export const addressListSchema = readonlyOf(
  z.strictObject({
    name: nameSchema.describe("What the list is called in reasons."),
    addresses: readonlyOf(z.array(addressBlockSchema)).describe("Addresses and CIDR blocks, IPv4 and IPv6, in any order."),
    updatedAt: z.exactOptional(timeSchema).describe("When the list was made; its age is part of the reason."),
  }),
);
