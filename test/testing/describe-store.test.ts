import { describe, expect, it } from "vitest";
import { memoryStore } from "../../src/stores/memory-store.js";
import type { LoginStore, StorePart } from "../../src/stores/store.js";
import { compactLaws } from "../../src/testing/store/compact-laws.js";
import { concurrencyLaws } from "../../src/testing/store/concurrency-laws.js";
import { exchangeLaws } from "../../src/testing/store/exchange-laws.js";
import { expiryLaws } from "../../src/testing/store/expiry-laws.js";
import { guardLaws } from "../../src/testing/store/guard-laws.js";
import { hostileLaws } from "../../src/testing/store/hostile-laws.js";
import type { Laws } from "../../src/testing/store/laws.js";
import { modelLaws } from "../../src/testing/store/model-laws.js";
import { ownerLaws } from "../../src/testing/store/owner-laws.js";

type Breaking = (store: LoginStore) => Partial<LoginStore>;

const changed =
  (change: (part: StorePart) => StorePart): Breaking =>
  ({ exchange }) => ({ exchange: (parts) => exchange(parts.map(change)) });

/** What can go wrong in a store, and the chapter that must notice. */
const broken: Readonly<Record<string, readonly [chapter: (store: LoginStore) => Laws, breaking: Breaking]>> = {
  "a journal read before the append": [
    (store) => exchangeLaws(() => store),
    ({ exchange }) => ({
      async exchange(parts) {
        const before = await exchange(parts.map((part) => ({ ...part, stamped: [], entries: "" })));
        await exchange(parts);
        return before;
      },
    }),
  ],
  "answers out of order": [
    (store) => exchangeLaws(() => store),
    ({ exchange }) => ({ exchange: async (parts) => (await exchange(parts)).toReversed() }),
  ],
  "entries before the stamped ones": [
    (store) => exchangeLaws(() => store),
    ({ exchange }) => ({
      exchange: async (parts) =>
        (await exchange(parts)).map(({ at, journal }, i) => {
          const { entries } = parts[i]!;
          return { at, journal: journal?.endsWith(entries) ? entries + journal.slice(0, journal.length - entries.length) : journal };
        }),
    }),
  ],
  "a time in seconds": [
    (store) => exchangeLaws(() => store),
    ({ exchange }) => ({ exchange: async (parts) => (await exchange(parts)).map((one) => ({ ...one, at: one.at / 1_000 })) }),
  ],
  "keys without case": [(store) => hostileLaws(() => store), changed((part) => ({ ...part, key: part.key.toLowerCase() }))],
  "keys cut off": [(store) => hostileLaws(() => store), changed((part) => ({ ...part, key: part.key.slice(0, 2_000) }))],
  "quotes lost from entries": [
    (store) => hostileLaws(() => store),
    changed((part) => ({ ...part, stamped: part.stamped.map((text) => text.replaceAll("'", "")) })),
  ],
  "read, change, write": [(store) => concurrencyLaws(() => store), racing],
  "folding whatever the head is": [
    (store) => compactLaws(() => store),
    ({ compact, exchange }) => ({
      async compact(fold) {
        const [answer] = await exchange([{ key: fold.key, owner: undefined, stamped: [], entries: "", keepFor: 1 }]);
        await compact({ ...fold, head: answer!.journal!.slice(0, fold.head.length) });
      },
    }),
  ],
  "no folding": [(store) => compactLaws(() => store), () => ({ compact: async () => undefined })],
  "owners by the beginning of their name": [
    (store) => ownerLaws(() => store),
    ({ journalsOf }) => ({
      async journalsOf(owner) {
        return (await Promise.all(["", "x", "%"].map((end) => journalsOf(owner + end)))).flat();
      },
    }),
  ],
  "forgetting one journal only": [
    (store) => ownerLaws(() => store),
    ({ forget }) => ({ forget: async (owner) => Math.min(1, await forget(owner)) }),
  ],
  "expiry forgotten": [
    (store) => expiryLaws(() => ({ store, advance })),
    changed((part) => ({ ...part, keepFor: Number.POSITIVE_INFINITY })),
  ],
  "expiry too soon": [(store) => expiryLaws(() => ({ store, advance })), changed((part) => ({ ...part, keepFor: part.keepFor / 2 }))],
  "parallel begins that see no reservation": [(store) => guardLaws(() => store), racing],
  "an entry lost now and then": [
    (store) => modelLaws(() => store, { runs: 2, seed: 1 }),
    (() => {
      let calls = 0;
      return changed((part) => (++calls % 20 === 0 ? { ...part, entries: "" } : part));
    })(),
  ],
};

let now = 1_000_000;
const advance = (milliseconds: number): void => {
  now += milliseconds;
};

/** A store that reads, waits, and writes. */
function racing({ exchange, compact, forget }: LoginStore): Partial<LoginStore> {
  return {
    async exchange(parts) {
      const read = await exchange(parts.map((part) => ({ ...part, stamped: [], entries: "" })));
      await new Promise((resolve) => setTimeout(resolve, 1));
      return Promise.all(
        parts.map(async (part, i) => {
          const { at, journal = "" } = read[i]!;
          if (part.stamped.length === 0 && part.entries === "") return read[i]!;
          const after = journal + part.stamped.map((text) => `[${at}${text}`).join("") + part.entries;
          const [last] = await exchange([{ ...part, stamped: [], entries: "" }]);
          const head = last!.journal!;
          if (head === "") await exchange([{ ...part, stamped: [], entries: after }]);
          else await compact({ key: part.key, head, length: head.length, text: after });
          return { at, journal: after };
        }),
      );
    },
    forget,
  };
}

describe("describeStore", () => {
  it.each(Object.entries(broken))("notices %s", async (_, [chapter, breaking]) => {
    const sound = memoryStore({ clock: () => now });
    const laws = Object.values(chapter({ ...sound, ...breaking(sound) }));
    const outcomes = [];
    for (const check of laws)
      outcomes.push(
        await check().then(
          () => "kept",
          () => "broken",
        ),
      );
    expect(outcomes).toContain("broken");
  });
});
