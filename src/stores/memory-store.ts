import { type Kept, shelves } from "./shelves.js";
import type { LoginStore, StoreAnswer, StorePart } from "./store.js";
import { StoreError } from "./store-error.js";

/** How a memory store is made. */
export interface MemoryStoreOptions {
  /** The most groups (accounts, sources, pairs ...) kept at once: 1 to 16,000,000; a million by default. */
  readonly maxGroups?: number;
  /** Tells the time, epoch milliseconds; `Date.now` by default. */
  readonly clock?: () => number;
}

const mostGroups = 16_000_000;

/**
 * A store in this process: for one server, for tests, and behind a shared store while that does not answer. Bounded: when it is full, expired groups
 * go first, then the one untouched for longest; those half-way to a block stay, and where all but a sixteenth are such a new group finds no room and the
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
  const groups = shelves();
  const fewestOpen = maxGroups >> 4;

  const find = (key: string, now: number): Kept | undefined => {
    const kept = groups.find(key);
    return kept !== undefined && kept.expiresAt > now ? kept : undefined;
  };
  const makeRoom = (now: number): boolean => {
    if (groups.size() < maxGroups) return true;
    groups.dropExpired(now);
    if (groups.size() < maxGroups) return true;
    // were the last few places passed round, no group would stay long enough to be counted, and nobody would know
    if (groups.openSize() <= fewestOpen) return false;
    groups.dropOldest();
    return true;
  };
  const answer = ({ key, owner, stamped, entries, keepFor, protect }: StorePart, now: number): StoreAnswer => {
    const known = find(key, now);
    if (stamped.length === 0 && entries === "") return { at: now, journal: known?.journal ?? "" };
    if (known === undefined) {
      groups.drop(key);
      if (!makeRoom(now)) return { at: now, journal: undefined };
    }
    const journal = (known?.journal ?? "") + stamped.map((text) => `[${now}${text}`).join("") + entries;
    const longest = Math.max(keepFor, known?.keepFor ?? 0);
    groups.put({ key, journal, owner, keepFor: longest, expiresAt: now + longest, isProtected: protect ?? known?.isProtected ?? false });
    return { at: now, journal };
  };
  const ownedBy = (owner: string, now: number): Kept[] => {
    const owned: Kept[] = [];
    for (const kept of groups.all()) if (kept.owner === owner && kept.expiresAt > now) owned.push(kept);
    return owned;
  };

  return {
    name: "memory",
    async exchange(parts) {
      const now = clock();
      if (!Number.isFinite(now)) throw new StoreError("nonsense", "the clock of the memory store gives no time");
      return parts.map((part) => answer(part, now));
    },
    async compact({ key, head, length, text }) {
      const kept = groups.find(key);
      if (kept?.journal.startsWith(head)) kept.journal = text + kept.journal.slice(length);
    },
    async journalsOf(owner) {
      return ownedBy(owner, clock()).map(({ key, journal }) => ({ key, journal }));
    },
    async forget(owner) {
      const owned = ownedBy(owner, clock());
      for (const { key } of owned) groups.drop(key);
      return owned.length;
    },
  };
}
