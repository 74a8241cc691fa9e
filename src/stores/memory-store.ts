import type { LoginStore, StoreAnswer, StorePart } from "./store.js";
import { StoreError } from "./store-error.js";

/** How a memory store is made. */
export interface MemoryStoreOptions {
  /** The most groups (accounts, sources, pairs ...) kept at once: 1 to 16,000,000; a million by default. */
  readonly maxGroups?: number;
  /** Tells the time, epoch milliseconds; `Date.now` by default. */
  readonly clock?: () => number;
}

interface Kept {
  journal: string;
  expiresAt: number;
  readonly owner: string | undefined;
  isProtected: boolean;
}

const mostGroups = 16_000_000;

/**
 * A store in this process: for one server, for tests, and behind a shared store while that does not answer. Bounded: when it is full, expired groups
 * go first, then the one untouched for longest; those half-way to a block stay, and where only such are left a new group finds no room and the
 * decision says `memory-full`.
 *
 * @throws RangeError when `maxGroups` is out of bounds.
 * @example
 * memoryStore({ maxGroups: 10_000 }).name; //=> "memory"
 */
export function memoryStore({ maxGroups = 1_000_000, clock = Date.now }: MemoryStoreOptions = {}): LoginStore {
  if (!Number.isInteger(maxGroups) || maxGroups < 1 || maxGroups > mostGroups) {
    throw new RangeError(`expected \`maxGroups\` to be an integer from 1 to ${mostGroups}, got \`${maxGroups}\``);
  }
  // a Map keeps the order of insertion: whoever is touched goes to the end, so the first is untouched for longest
  const open = new Map<string, Kept>();
  const halfWay = new Map<string, Kept>();

  const find = (key: string, now: number): Kept | undefined => {
    const kept = open.get(key) ?? halfWay.get(key);
    return kept !== undefined && kept.expiresAt > now ? kept : undefined;
  };
  const drop = (key: string): void => {
    if (!open.delete(key)) halfWay.delete(key);
  };
  const makeRoom = (now: number): boolean => {
    if (open.size + halfWay.size < maxGroups) return true;
    for (const [key, { expiresAt }] of halfWay) {
      // half-way groups are looked at from the one untouched for longest: the rest expires later, but for other windows
      if (expiresAt > now) break;
      halfWay.delete(key);
    }
    if (open.size + halfWay.size < maxGroups) return true;
    const [oldest] = open.keys();
    return oldest !== undefined && open.delete(oldest);
  };
  const answer = ({ key, owner, stamped, entries, keepFor, protect }: StorePart, now: number): StoreAnswer => {
    const known = find(key, now);
    if (stamped.length === 0 && entries === "") return { at: now, journal: known?.journal ?? "" };
    drop(key);
    if (known === undefined && !makeRoom(now)) return { at: now, journal: undefined };
    const journal = (known?.journal ?? "") + stamped.map((text) => `[${now}${text}`).join("") + entries;
    const isProtected = protect ?? known?.isProtected ?? false;
    (isProtected ? halfWay : open).set(key, { journal, expiresAt: Math.max(now + keepFor, known?.expiresAt ?? 0), owner, isProtected });
    return { at: now, journal };
  };
  const keysOf = (owner: string): string[] =>
    [open, halfWay].flatMap((groups) => [...groups].filter(([, kept]) => kept.owner === owner).map(([key]) => key));

  return {
    name: "memory",
    async exchange(parts) {
      const now = clock();
      if (!Number.isFinite(now)) throw new StoreError("nonsense", "the clock of the memory store gives no time");
      return parts.map((part) => answer(part, now));
    },
    async compact({ key, head, length, text }) {
      const kept = open.get(key) ?? halfWay.get(key);
      if (kept?.journal.startsWith(head)) kept.journal = text + kept.journal.slice(length);
    },
    async journalsOf(owner) {
      const now = clock();
      return keysOf(owner).flatMap((key) => {
        const kept = find(key, now);
        return kept === undefined ? [] : { key, journal: kept.journal };
      });
    },
    async forget(owner) {
      const keys = keysOf(owner);
      for (const key of keys) drop(key);
      return keys.length;
    },
  };
}
