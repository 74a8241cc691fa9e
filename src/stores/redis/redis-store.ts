import type { LoginStore, StoreAnswer, StoredJournal, StorePart } from "../store.js";
import { compactScript } from "./compact-script.js";
import { exchangeCall, nonsense, type RedisNames } from "./exchange-call.js";
import { listScript, readScript, removeScript } from "./owner-scripts.js";
import { isCluster, type RedisClient, scriptSender } from "./redis-client.js";

/** How a Redis store is made. */
export interface RedisStoreOptions {
  /** ioredis, iovalkey or node-redis, single or cluster, or a function that sends one command. You connect and close it. */
  readonly client: RedisClient;
  /** Put before every key; `portcullis:` by default. Guards that share one share their memory. */
  readonly prefix?: string;
  /** Whether the keys of one call must lie in one slot. Clients of ioredis and node-redis say it themselves; `false` for a bare function. */
  readonly cluster?: boolean;
}

/** How many journals of an owner are asked for at once. */
const batch = 500;

/**
 * A store in Redis (7.0 or later) or Valkey, for several processes. An exchange is one call of one script over all its keys, in a cluster one for each hash
 * tag, all sent at once. Times and expiry are the server's. Every key has a time to live, unless its policy remembers something for ever.
 *
 * What the client rejects with is passed on; StoreError `nonsense` for a client that gives no texts.
 *
 * @throws TypeError for something that is no client; RangeError for a prefix with a brace in it, which would move the hash tag.
 * @example
 * redisStore({ client: async () => null, prefix: "logins:" }).name; //=> "redis"
 */
export function redisStore({ client, prefix = "portcullis:", cluster = isCluster(client) }: RedisStoreOptions): LoginStore {
  const sender = scriptSender(client);
  if (/[{}]/.test(prefix)) throw new RangeError(`expected \`prefix\` without braces, got \`${prefix}\``);
  const names: RedisNames = { journal: (key) => prefix + key, owned: (owner) => `${prefix}owned:{${owner}}` };

  /** The keys of an owner as the port has them. A client may put a prefix of its own before what it sends, and never takes it off. */
  const keysOf = async (owner: string): Promise<readonly string[]> => {
    const members = await listScript(sender, [names.owned(owner)], []);
    if (!Array.isArray(members)) throw nonsense();
    return members.map((member: unknown) => {
      if (typeof member !== "string") throw nonsense();
      return member.slice(member.indexOf(`{${owner}}`));
    });
  };

  return {
    name: "redis",
    async exchange(parts) {
      if (parts.length === 0) return [];
      return cluster ? exchangeByTag(parts, (some) => exchangeCall(sender, names, some)) : exchangeCall(sender, names, parts);
    },
    async compact({ key, head, length, text }) {
      await compactScript(sender, [names.journal(key)], [head, String(length), text]);
    },
    async journalsOf(owner) {
      const journals: StoredJournal[] = [];
      for (const keys of batches(await keysOf(owner))) {
        const found = await readScript(sender, [names.owned(owner), ...keys.map(names.journal)], []);
        if (!Array.isArray(found)) throw nonsense();
        for (const [i, key] of keys.entries()) {
          const journal: unknown = found[i] ?? undefined;
          if (typeof journal === "string") journals.push({ key, journal });
          else if (journal !== undefined) throw nonsense();
        }
      }
      return journals;
    },
    async forget(owner) {
      let removed = 0;
      for (const keys of batches(await keysOf(owner))) {
        removed += Number(await removeScript(sender, [names.owned(owner), ...keys.map(names.journal)], []));
      }
      return removed;
    },
  };
}

/** Parts by the tag in their keys, each tag's share exchanged on its own, and the answers in the order of the parts. */
async function exchangeByTag(
  parts: readonly StorePart[],
  exchange: (parts: readonly StorePart[]) => Promise<readonly StoreAnswer[]>,
): Promise<readonly StoreAnswer[]> {
  const byTag = new Map<string, StorePart[]>();
  for (const part of parts) {
    const tag = part.key.slice(0, part.key.indexOf("}"));
    const same = byTag.get(tag);
    if (same === undefined) byTag.set(tag, [part]);
    else same.push(part);
  }
  const answered = new Map<StorePart, StoreAnswer>();
  const share = async (some: readonly StorePart[]): Promise<void> => {
    const answers = await exchange(some);
    for (const [i, part] of some.entries()) answered.set(part, answers[i]!);
  };
  await Promise.all([...byTag.values()].map(share));
  return parts.map((part) => answered.get(part)!);
}

function batches(keys: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(keys.length / batch) }, (_, i) => keys.slice(i * batch, (i + 1) * batch));
}
