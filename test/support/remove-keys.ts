import { Redis } from "ioredis";
import { redisUrl } from "./services.js";

/** Removes every Redis key that begins with a prefix. */
export async function removeKeys(prefix: string): Promise<void> {
  const client = new Redis(redisUrl);
  try {
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      if (keys.length > 0) await client.unlink(keys);
    }
  } finally {
    client.disconnect();
  }
}
