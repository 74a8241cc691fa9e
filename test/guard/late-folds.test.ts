import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGuard } from "../../src/guard/create-guard.js";
import { memoryStore } from "../../src/stores/memory-store.js";
import type { LoginStore, StoreFold } from "../../src/stores/store.js";
import { handClock } from "../support/hand-clock.js";
import { numbered } from "../support/numbered.js";
import { right, wrong } from "../support/results.js";

/** What is remembered of ann when guards on one store have seen a long day, and the store folds journals when it likes. */
async function day(servers: number, folds: (asked: StoreFold[], store: LoginStore) => Promise<void>): Promise<unknown> {
  const { clock, goOn } = handClock();
  const memory = memoryStore({ clock });
  const asked: StoreFold[] = [];
  const store: LoginStore = { ...memory, compact: async (fold) => void asked.push(fold) };
  const newId = numbered();
  const guards = Array.from({ length: servers }, () => createGuard({ clock, store, newId }));
  for (let i = 0; i < 90; i++) {
    goOn({ seconds: 30 });
    const handle = await guards[i % servers]!.begin({ account: "ann", source: `192.0.2.${i % 4}` });
    await handle.conclude(i % 11 === 10 ? right : wrong);
    await folds(asked, memory);
  }
  const groups = await guards[0]!.exportAccount({ account: "ann" });
  return groups.toSorted((a, b) => (a.by + a.key < b.by + b.key ? -1 : 1));
}

describe("a store that folds", () => {
  it("never, at once, late, twice or in any order, remembers the same", async () => {
    const never = await day(1, async () => undefined);
    const choice = fc.record({ which: fc.nat(1_000), again: fc.boolean(), when: fc.integer({ min: 0, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(choice, { minLength: 5, maxLength: 30 }), fc.integer({ min: 1, max: 3 }), async (choices, servers) => {
        let step = 0;
        const folded = await day(servers, async (asked, store) => {
          const { which, again, when } = choices[step++ % choices.length]!;
          for (let i = 0; i < when && asked.length > 0; i++) {
            const at = which % asked.length;
            const fold = asked[at]!;
            if (!again) asked.splice(at, 1);
            await store.compact(fold);
          }
        });
        expect(folded).toEqual(never);
      }),
      { numRuns: 40 },
    );
  });
});
