import { expect } from "vitest";
import type { StoreOnTrial } from "../describe-store.js";
import type { Laws } from "./laws.js";
import { append, freshName, part, read } from "./parts.js";

/** A journal is kept at least as long as it was asked for, and is gone before three times that. */
export function expiryLaws(onTrial: () => StoreOnTrial): Laws {
  const pass = async (milliseconds: number): Promise<void> => {
    const { advance } = onTrial();
    if (advance === undefined) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    else await advance(milliseconds);
  };
  const store = () => onTrial().store;
  const short = 400;
  const gone = 3 * short;

  return {
    "what is over is absent everywhere, and begins anew": async () => {
      const owner = freshName();
      const key = `{${owner}}account:a`;
      await append(store(), key, "[1],", { owner, keepFor: short });
      expect(await read(store(), key)).toBe("[1],");
      await pass(gone);
      expect(await read(store(), key)).toBe("");
      expect(await store().journalsOf(owner)).toEqual([]);
      expect(await append(store(), key, "[2],", { owner })).toBe("[2],");
      expect(await store().journalsOf(owner)).toEqual([{ key, journal: "[2]," }]);
    },

    "each append keeps it for longer, and its place with its owner": async () => {
      const owner = freshName();
      const key = `{${owner}}account:a`;
      const keepFor = 1_500;
      await append(store(), key, "[1],", { owner, keepFor });
      for (const text of ["[2],", "[3],"]) {
        await pass(900);
        await append(store(), key, text, { owner, keepFor });
      }
      await pass(900);
      expect(await read(store(), key)).toBe("[1],[2],[3],");
      expect(await store().journalsOf(owner)).toHaveLength(1);
    },

    "a shorter time never shortens a longer one, nor does folding or reading": async () => {
      const owner = freshName();
      const [long, ever] = [`{${owner}}account:long`, `{${owner}}account:ever`];
      await append(store(), long, "[1],", { owner, keepFor: 3_600_000 });
      await append(store(), ever, "[1],", { owner, keepFor: Number.POSITIVE_INFINITY });
      for (const key of [long, ever]) {
        await append(store(), key, "[2],", { owner, keepFor: short });
        await store().compact({ key, head: "[1],", length: 4, text: "[-1]," });
        await store().exchange([part(key, { owner, keepFor: short })]);
      }
      await pass(gone);
      expect(await read(store(), long)).toBe("[-1],[2],");
      expect(await read(store(), ever)).toBe("[-1],[2],");
      expect(await store().journalsOf(owner)).toHaveLength(2);
    },

    "neither folding nor reading keeps it for longer": async () => {
      const key = `{${freshName()}}`;
      await append(store(), key, "[1],", { keepFor: short });
      await store().compact({ key, head: "[1],", length: 4, text: "[-1]," });
      await store().exchange([part(key, { keepFor: 3_600_000 })]);
      await pass(gone);
      expect(await read(store(), key)).toBe("");
    },

    "64 appends at once to what is over begin one journal anew": async () => {
      const key = `{${freshName()}}`;
      await append(store(), key, "[-1],", { keepFor: short });
      await pass(gone);
      const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => append(store(), key, `[${i}],`)));
      const final = (await read(store(), key))!;
      expect(final.split(",[")).toHaveLength(64);
      for (const answer of answers) expect(final.startsWith(answer!)).toBe(true);
    },
  };
}
