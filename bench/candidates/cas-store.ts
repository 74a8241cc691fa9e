import type { Redis } from "ioredis";
import type { LoginStore, StoreAnswer, StorePart } from "../../src/guard/public.js";

/** Sets each key to its new value if all still have the old one. */
const compareAndSwap = `
for i, key in ipairs(KEYS) do
  if (redis.call('GET', key) or '') ~= ARGV[i] then return 0 end
end
for i, key in ipairs(KEYS) do redis.call('SET', key, ARGV[#KEYS + i], 'PX', ARGV[2 * #KEYS + i]) end
return 1
`;

/**
 * The design that most would write first: read the records, decide what they become, and write them if nobody was quicker; else again. Two round trips,
 * and under attack everybody is quicker than somebody.
 */
export function casStore(client: Redis, prefix: string): LoginStore {
  const attempt = async (parts: readonly StorePart[]): Promise<readonly StoreAnswer[] | undefined> => {
    const written = parts.filter(({ stamped, entries }) => stamped.length > 0 || entries !== "");
    const values = await client.mget(parts.map(({ key }) => prefix + key));
    const at = Date.now();
    const after = parts.map(({ stamped, entries }, i) => (values[i] ?? "") + stamped.map((text) => `[${at}${text}`).join("") + entries);
    if (written.length > 0) {
      const swapped = await client.eval(
        compareAndSwap,
        written.length,
        ...written.map(({ key }) => prefix + key),
        ...written.map((part) => values[parts.indexOf(part)] ?? ""),
        ...written.map((part) => after[parts.indexOf(part)]!),
        ...written.map(({ keepFor }) => (Number.isFinite(keepFor) ? Math.ceil(keepFor) : 1e12)),
      );
      if (swapped !== 1) return undefined;
    }
    return after.map((journal) => ({ at, journal }));
  };
  return {
    name: "redis, compare and swap",
    async exchange(parts) {
      for (;;) {
        const answers = await attempt(parts);
        if (answers !== undefined) return answers;
      }
    },
    async compact({ key, head, length, text }) {
      const journal = (await client.get(prefix + key)) ?? "";
      if (!journal.startsWith(head)) return;
      await client.eval(compareAndSwap, 1, prefix + key, journal, text + journal.slice(length), 1e9);
    },
    journalsOf: async () => [],
    forget: async () => 0,
  };
}
