/** A group as it is kept in memory. */
export interface Kept {
  journal: string;
  readonly owner: string | undefined;
  /** Milliseconds for which it is kept when it is not touched. */
  readonly keepFor: number;
  readonly expiresAt: number;
  /** Whether it is half-way to a block. */
  readonly isProtected: boolean;
}

/** Groups by key, in the order in which they may leave. */
export interface Shelves {
  readonly size: () => number;
  /** A group, expired or not. It is looked for where it is most likely to be. */
  readonly find: (key: string, keepFor: number) => Kept | undefined;
  /** Puts a group, which is touched by that. It is nowhere else. */
  readonly put: (key: string, kept: Kept) => void;
  readonly drop: (key: string, keepFor: number) => void;
  readonly dropExpired: (now: number) => void;
  /** Drops the unprotected group that was untouched for longest, and says whether there was one. */
  readonly dropOldest: () => boolean;
  readonly all: () => Iterable<readonly [key: string, kept: Kept]>;
}

/**
 * Groups that are kept equally long stand on one shelf: there they expire in the order in which they were touched, and a Map remembers that. So the first
 * of each shelf are the only ones to look at, however many groups there are. The protected have shelves of their own.
 */
export function shelves(): Shelves {
  const open: ShelfBoard = new Map();
  const halfWay: ShelfBoard = new Map();
  let size = 0;
  let touches = 0;
  const both = [open, halfWay] as const;

  const shelfOf = (key: string, keepFor: number): Shelf | undefined => {
    for (const board of both) {
      const likely = board.get(keepFor);
      if (likely?.has(key)) return likely;
    }
    for (const board of both) for (const shelf of board.values()) if (shelf.has(key)) return shelf;
    return undefined;
  };
  return {
    size: () => size,
    find: (key, keepFor) => shelfOf(key, keepFor)?.get(key)?.kept,
    put(key, kept) {
      const board = kept.isProtected ? halfWay : open;
      const shelf: Shelf = board.get(kept.keepFor) ?? new Map();
      if (shelf.size === 0) board.set(kept.keepFor, shelf);
      shelf.set(key, { kept, touch: ++touches });
      size++;
    },
    drop(key, keepFor) {
      if (shelfOf(key, keepFor)?.delete(key)) size--;
    },
    dropExpired(now) {
      for (const board of both) {
        for (const [keepFor, shelf] of board) {
          for (const [key, { kept }] of shelf) {
            if (kept.expiresAt > now) break;
            shelf.delete(key);
            size--;
          }
          if (shelf.size === 0) board.delete(keepFor);
        }
      }
    },
    dropOldest() {
      let oldest: { readonly shelf: Shelf; readonly key: string; readonly touch: number } | undefined;
      for (const shelf of open.values()) {
        for (const [key, { touch }] of shelf) {
          if (oldest === undefined || touch < oldest.touch) oldest = { shelf, key, touch };
          break;
        }
      }
      if (oldest === undefined) return false;
      oldest.shelf.delete(oldest.key);
      size--;
      return true;
    },
    *all() {
      for (const board of both) for (const shelf of board.values()) for (const [key, { kept }] of shelf) yield [key, kept];
    },
  };
}

/** Milliseconds -> the groups that are kept so long, longest untouched first. */
type ShelfBoard = Map<number, Shelf>;

type Shelf = Map<string, { readonly kept: Kept; readonly touch: number }>;
