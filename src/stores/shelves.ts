/** A group as it is kept in memory. */
export interface Kept {
  readonly key: string;
  journal: string;
  readonly owner: string | undefined;
  /** Milliseconds for which it is kept when it is not touched. */
  readonly keepFor: number;
  readonly expiresAt: number;
  /** Whether it is half-way to a block. */
  readonly isProtected: boolean;
}

/** Groups by key, in the order in which they may leave. Each step costs the same however many there are. */
export interface Shelves {
  readonly size: () => number;
  /** How many of them are not protected. */
  readonly openSize: () => number;
  /** A group, expired or not. */
  readonly find: (key: string) => Kept | undefined;
  /** Puts a group, which is touched by that, in place of what its key stood for. */
  readonly put: (kept: Kept) => void;
  readonly drop: (key: string) => void;
  readonly dropExpired: (now: number) => void;
  /** Drops the unprotected group that was untouched for longest. */
  readonly dropOldest: () => void;
  readonly all: () => Iterable<Kept>;
}

/**
 * Groups that are kept equally long stand on one shelf: there they expire in the order in which they were touched, so only the first of each shelf is ever
 * looked at. The protected have shelves of their own. A shelf is a list of links: the first key of a Map out of which the first left again and again takes
 * longer and longer to find.
 */
export function shelves(): Shelves {
  const places = new Map<string, Place>();
  const open = new Map<number, Shelf>();
  const halfWay = new Map<number, Shelf>();
  let openSize = 0;
  let touches = 0;

  const remove = ({ kept, shelf, older, newer }: Place): void => {
    if (older === undefined) shelf.oldest = newer;
    else older.newer = newer;
    if (newer === undefined) shelf.newest = older;
    else newer.older = older;
    places.delete(kept.key);
    if (!kept.isProtected) openSize--;
    if (shelf.oldest === undefined) (kept.isProtected ? halfWay : open).delete(kept.keepFor);
  };
  const drop = (key: string): void => {
    const place = places.get(key);
    if (place !== undefined) remove(place);
  };
  return {
    size: () => places.size,
    openSize: () => openSize,
    find: (key) => places.get(key)?.kept,
    put(kept) {
      drop(kept.key);
      const side = kept.isProtected ? halfWay : open;
      const shelf = side.get(kept.keepFor) ?? { oldest: undefined, newest: undefined };
      const place: Place = { kept, shelf, touch: ++touches, older: shelf.newest, newer: undefined };
      if (shelf.newest === undefined) {
        shelf.oldest = place;
        side.set(kept.keepFor, shelf);
      } else {
        shelf.newest.newer = place;
      }
      shelf.newest = place;
      places.set(kept.key, place);
      if (!kept.isProtected) openSize++;
    },
    drop,
    dropExpired(now) {
      for (const side of [open, halfWay]) {
        for (const shelf of side.values()) while (shelf.oldest !== undefined && shelf.oldest.kept.expiresAt <= now) remove(shelf.oldest);
      }
    },
    dropOldest() {
      let oldest: Place | undefined;
      for (const { oldest: first } of open.values()) if (oldest === undefined || first!.touch < oldest.touch) oldest = first;
      if (oldest !== undefined) remove(oldest);
    },
    *all() {
      for (const { kept } of places.values()) yield kept;
    },
  };
}

/** The groups that are kept equally long, longest untouched first. */
interface Shelf {
  oldest: Place | undefined;
  newest: Place | undefined;
}

/** Where a group stands. */
interface Place {
  readonly kept: Kept;
  readonly shelf: Shelf;
  readonly touch: number;
  older: Place | undefined;
  newer: Place | undefined;
}
