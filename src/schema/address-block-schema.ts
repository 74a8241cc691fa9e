import * as z from "zod";
import { parseCidr } from "../core/network/cidr.js";
import { quote } from "./quote.js";

/** An IPv4 or IPv6 address or CIDR block, as text. */
export const addressBlockSchema = z
  .string()
  .refine((text) => parseCidr(text) !== undefined, {
    error: ({ input }) => `expected an IPv4 or IPv6 address or CIDR block, got ${quote(String(input))}`,
  })
  .meta({ id: "AddressBlock", description: "An IPv4 or IPv6 address or CIDR block, such as `192.0.2.0/24`." });
