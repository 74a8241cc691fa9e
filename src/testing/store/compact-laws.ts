import { expect } from "vitest";
import type { LoginStore } from "../../stores/store.js";
import type { Laws } from "./laws.js";
import { append, freshName, read } from "./parts.js";

/** When a journal's beginning is replaced, and when it must not be. */
export function compactLaws(store: () => LoginStore): Laws {
  return {
    "replaces the beginning and keeps what was appended since": async () => {
      const key = `{${freshName()}}`;
      const journal = (await append(store(), key, "[1],[2],[3],"))!;
      await append(store(), key, "[4],");
      await store().compact({ key, head: journal.slice(0, 6), length: journal.length, text: "[-1]," });
      expect(await read(store(), key)).toBe("[-1],[4],");
      expect(await append(store(), key, "[5],")).toBe("[-1],[4],[5],");
    },

    "only the first of two folds of one state does anything": async () => {
      const key = `{${freshName()}}`;
      const journal = (await append(store(), key, "[1],[2],"))!;
      const fold = { key, head: journal, length: journal.length };
      await store().compact({ ...fold, text: "[-1]," });
      await store().compact({ ...fold, text: "[-2]," });
      expect(await read(store(), key)).toBe("[-1],");
    },

    ...Object.fromEntries(
      [
        ["another beginning", "[2],"],
        ["one that is longer than the journal", "[1],[2],[3],"],
        ["a pattern", "%"],
        ["another pattern", "[_],"],
        ["a third pattern", ".*"],
        ["another case", "[1],[2],A"],
      ].map(([what, head]) => [
        `does nothing where the head is ${what}`,
        async () => {
          const key = `{${freshName()}}`;
          await append(store(), key, "[1],[2],a");
          await store().compact({ key, head: head!, length: 4, text: "[-1]," });
          expect(await read(store(), key)).toBe("[1],[2],a");
        },
      ]),
    ),

    "compares heads and counts characters as they are": async () => {
      const key = `{${freshName()}}`;
      const journal = (await append(store(), key, '["%\\\\u00eb_$1{}",1],'))!;
      await append(store(), key, "[2],");
      await store().compact({ key, head: journal, length: journal.length, text: '["\\\\1%1$1"],' });
      expect(await read(store(), key)).toBe('["\\\\1%1$1"],[2],');
    },

    "makes no journal where there is none": async () => {
      const owner = freshName();
      const key = `{${owner}}account:x`;
      await store().compact({ key, head: "", length: 0, text: "[-1]," });
      expect(await read(store(), key)).toBe("");
    },

    "leaves a journal with its owner": async () => {
      const owner = freshName();
      const key = `{${owner}}account:x`;
      await append(store(), key, "[1],[2],", { owner });
      await store().compact({ key, head: "[1],[2],", length: 8, text: "[-1]," });
      expect(await store().journalsOf(owner)).toEqual([{ key, journal: "[-1]," }]);
    },
  };
}
