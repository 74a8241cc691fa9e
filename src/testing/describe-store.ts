import { afterAll, beforeAll, describe, it } from "vitest";
import type { LoginStore } from "../stores/store.js";
import { compactLaws } from "./store/compact-laws.js";
import { concurrencyLaws } from "./store/concurrency-laws.js";
import { exchangeLaws } from "./store/exchange-laws.js";
import { expiryLaws } from "./store/expiry-laws.js";
import { guardLaws } from "./store/guard-laws.js";
import { hostileLaws } from "./store/hostile-laws.js";
import type { Laws } from "./store/laws.js";
import { modelLaws } from "./store/model-laws.js";
import { ownerLaws } from "./store/owner-laws.js";

/** A store on trial. It may hold other things already: every test uses keys of its own. */
export interface StoreOnTrial {
  readonly store: LoginStore;
  /** Called once when all is done: close connections, drop tables. */
  readonly dispose?: () => unknown;
  /** Moves the store's time on by so many milliseconds. Where nobody can, expiry is waited for: some seconds. */
  readonly advance?: (milliseconds: number) => unknown;
}

/** How a store is described. */
export interface DescribeStoreOptions {
  /** Why not, where the store cannot be reached: it then stands in the title of what is skipped. */
  readonly skip?: string | undefined;
  /** How many random streams are put to a guard on this store and to the pure core; 8 by default. */
  readonly runs?: number;
  /** From which number the streams are drawn: a failure names its own. 1 by default. */
  readonly seed?: number;
}

/** How long a server may take to start on a busy machine, milliseconds. */
const patience = 60_000;

/**
 * Holds a store to what `LoginStore` promises, for vitest: order and atomicity of an exchange, folding, expiry, hostile keys, 64 at once, owners; and, through a
 * guard, the limit under parallel guesses and, for random streams, the same decisions as the pure core.
 *
 * `make` is called once.
 *
 * @example
 * describeStore("memory", () => ({ store: memoryStore() }));
 */
export function describeStore(
  name: string,
  make: () => StoreOnTrial | Promise<StoreOnTrial>,
  { skip, runs = 8, seed = 1 }: DescribeStoreOptions = {},
): void {
  describe.skipIf(skip !== undefined)(skip === undefined ? name : `${name} (skipped: ${skip})`, () => {
    let trial: StoreOnTrial | undefined;
    beforeAll(async () => {
      trial = await make();
    }, patience);
    afterAll(async () => {
      await trial?.dispose?.();
    }, patience);
    const onTrial = (): StoreOnTrial => trial!;
    const store = (): LoginStore => onTrial().store;

    const chapters: Readonly<Record<string, Laws>> = {
      exchange: exchangeLaws(store),
      "hostile keys and entries": hostileLaws(store),
      "64 at once": concurrencyLaws(store),
      compact: compactLaws(store),
      owners: ownerLaws(store),
      "through a guard": guardLaws(store),
      "the pure core as the model": modelLaws(store, { runs, seed }),
    };
    for (const [title, laws] of Object.entries(chapters)) {
      describe(title, () => {
        for (const [law, check] of Object.entries(laws)) it(law, check);
      });
    }
    // these wait, so they wait together; but where time is moved on, it moves for one at a time
    describe.concurrent("expiry", () => {
      let turn: Promise<void> = Promise.resolve();
      const inTurn = (check: () => Promise<void>): Promise<void> => {
        turn = turn.then(check, check);
        return turn;
      };
      for (const [law, check] of Object.entries(expiryLaws(onTrial))) {
        it(law, () => (onTrial().advance === undefined ? check() : inTurn(check)));
      }
    });
  });
}
