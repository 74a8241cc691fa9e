import { expect } from "vitest";
import type { LoginStore } from "../../stores/store.js";
import type { Laws } from "./laws.js";
import { append, freshName, part, read } from "./parts.js";

/** What is known and forgotten by owner. */
export function ownerLaws(store: () => LoginStore): Laws {
  return {
    "an owner's journals are those and no others": async () => {
      const owner = freshName();
      const others = [`${owner}x`, owner.slice(1), owner.toUpperCase(), `${owner}%`, "_".repeat(owner.length), `${owner} `];
      await store().exchange([
        part(`{${owner}}account:a`, { owner, entries: "[1]," }),
        part(`{${owner}}pair:a`, { owner, entries: "[2]," }),
        part(`{source:${owner}}`, { entries: "[3]," }),
        ...others.map((other) => part(`{${other}}account:a`, { owner: other, entries: "[4]," })),
      ]);
      const journals = await store().journalsOf(owner);
      expect(journals.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
        { key: `{${owner}}account:a`, journal: "[1]," },
        { key: `{${owner}}pair:a`, journal: "[2]," },
      ]);
    },

    "what is forgotten is gone, is told by number, and can be remembered anew": async () => {
      const [owner, other] = [freshName(), freshName()];
      for (const each of [owner, other]) {
        for (const group of ["account", "pair"]) await append(store(), `{${each}}${group}:a`, "[1],", { owner: each });
      }
      expect(await store().forget(owner)).toBe(2);
      expect(await store().journalsOf(owner)).toEqual([]);
      expect(await read(store(), `{${owner}}account:a`)).toBe("");
      expect(await store().journalsOf(other)).toHaveLength(2);
      expect(await append(store(), `{${owner}}account:a`, "[2],", { owner })).toBe("[2],");
      expect(await store().journalsOf(owner)).toEqual([{ key: `{${owner}}account:a`, journal: "[2]," }]);
    },

    "there is nothing to forget of somebody unknown, and nothing to forget twice": async () => {
      const owner = freshName();
      expect(await store().forget(owner)).toBe(0);
      await append(store(), `{${owner}}account:a`, "[1],", { owner });
      expect([await store().forget(owner), await store().forget(owner)]).toEqual([1, 0]);
    },

    "an owner of twelve hundred journals": async () => {
      const owner = freshName();
      const parts = Array.from({ length: 1_200 }, (_, i) => part(`{${owner}}pair:${i}`, { owner, entries: `[${i}],` }));
      for (let from = 0; from < parts.length; from += 200) await store().exchange(parts.slice(from, from + 200));
      const keys = (await store().journalsOf(owner)).map(({ key }) => key);
      expect(keys.toSorted()).toEqual(parts.map(({ key }) => key).toSorted());
      expect(await store().forget(owner)).toBe(1_200);
    },
  };
}
