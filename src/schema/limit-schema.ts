import * as z from "zod";
import { largestLimit } from "../core/aggregates/aggregate.js";

/** A limit that an aggregate counts up to: an integer from 1; `most` is 10,000 unless a detector counts beyond its limit. */
export function limitSchema(most: number = largestLimit) {
  const error = `expected an integer from 1 to ${most}`;
  return z.int({ error }).min(1, { error }).max(most, { error });
}
