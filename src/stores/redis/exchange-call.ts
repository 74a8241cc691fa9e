import type { StoreAnswer, StorePart } from "../store.js";
import { StoreError } from "../store-error.js";
import { exchangeScript } from "./exchange-script.js";
import type { ScriptSender } from "./redis-client.js";

/** How keys are named. */
export interface RedisNames {
  /** The key of a journal. */
  readonly journal: (key: string) => string;
  /** The key of the set that lists an owner's journals. Never a journal's: those have their tag right behind the prefix. */
  readonly owned: (owner: string) => string;
}

/** One call of the script over parts that lie on one node. */
export async function exchangeCall(sender: ScriptSender, names: RedisNames, parts: readonly StorePart[]): Promise<readonly StoreAnswer[]> {
  const keys = parts.map(({ key }) => names.journal(key));
  const args = [String(parts.length)];
  const sets: { readonly owner: string; keepFor: number }[] = [];
  for (const { owner, stamped, entries, keepFor } of parts) {
    if (stamped.length === 0 && entries === "") {
      args.push("");
      continue;
    }
    let position = -1;
    if (owner !== undefined) {
      position = sets.findIndex((set) => set.owner === owner);
      if (position < 0) position = sets.push({ owner, keepFor }) - 1;
      else sets[position]!.keepFor = Math.max(sets[position]!.keepFor, keepFor);
    }
    args.push(milliseconds(keepFor), String(position < 0 ? 0 : parts.length + 1 + position), entries, String(stamped.length), ...stamped);
  }
  for (const { owner, keepFor } of sets) {
    keys.push(names.owned(owner));
    args.push(milliseconds(keepFor));
  }
  return readReply(await exchangeScript(sender, keys, args), parts.length);
}

/** Beyond this many milliseconds, some thirty thousand years, nothing is said to expire: what a server adds to its clock must stay a number. */
const forever = 1e15;

function milliseconds(keepFor: number): string {
  return keepFor >= forever ? "inf" : String(Math.max(1, Math.ceil(keepFor)));
}

function readReply(reply: unknown, parts: number): readonly StoreAnswer[] {
  if (!Array.isArray(reply) || reply.length !== parts + 1) throw nonsense();
  const [time, ...journals]: readonly unknown[] = reply;
  const at = typeof time === "string" ? Number(time) : Number.NaN;
  if (!Number.isSafeInteger(at)) throw nonsense();
  return Array.from({ length: parts }, (_, i) => {
    const journal = journals[i] ?? "";
    if (typeof journal !== "string") throw nonsense();
    return { at, journal };
  });
}

/** What is said of a reply that is not the script's. Its text never stands in the message. */
export function nonsense(): StoreError {
  return new StoreError("nonsense", "expected texts from Redis: is the client told to give Buffers, or to read JSON?");
}
