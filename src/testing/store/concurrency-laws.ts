import { expect } from "vitest";
import type { LoginStore } from "../../stores/store.js";
import type { Laws } from "./laws.js";
import { append, freshName, part, read } from "./parts.js";

const many = 64;
const numbers = Array.from({ length: many }, (_, i) => i);

/** What an exchange promises to many callers at once. */
export function concurrencyLaws(store: () => LoginStore): Laws {
  return {
    "no update is lost, every answer ends with its own entry, and the answers are one history": async () => {
      const key = `{${freshName()}}`;
      const answers = await Promise.all(numbers.map((i) => append(store(), key, `[${i}],`)));
      for (const i of numbers) expect(answers[i]!.endsWith(`[${i}],`)).toBe(true);
      const final = (await read(store(), key))!;
      expect(entriesOf(final).toSorted((a, b) => a - b)).toEqual(numbers);
      const history = answers.map((answer) => answer!).toSorted((a, b) => a.length - b.length);
      for (const answer of history) expect(final.startsWith(answer)).toBe(true);
      expect(history.at(-1)).toBe(final);
    },

    "exchanges that share keys in opposite orders wait for each other in no circle": async () => {
      const tags = Array.from({ length: 8 }, () => freshName());
      const keys = tags.flatMap((tag) => [`{${tag}}a`, `{${tag}}b`]);
      await Promise.all(
        numbers.map((i) => {
          const order = i % 2 === 0 ? keys : keys.toReversed();
          return store().exchange(order.map((key) => part(key, { entries: `[${i}],` })));
        }),
      );
      for (const key of keys) expect(entriesOf((await read(store(), key))!).toSorted((a, b) => a - b)).toEqual(numbers);
    },

    "folding beside appending loses nothing": async () => {
      const key = `{${freshName()}}`;
      // a fold writes how many entries it stands for; the whole always comes to as many as were appended
      await Promise.all(
        numbers.map(async (i) => {
          const journal = (await append(store(), key, "[1],"))!;
          if (i % 4 !== 0) return;
          const sum = entriesOf(journal).reduce((all, one) => all + one, 0);
          // each fold names itself, as a guard's does by its last entry: no two states of the journal begin alike
          await store().compact({ key, head: journal.slice(0, 600), length: journal.length, text: `[${sum},"fold ${i}"],` });
        }),
      );
      const final = (await read(store(), key))!;
      expect(entriesOf(final).reduce((all, one) => all + one, 0)).toBe(many);
      // the first fold finds its head whatever was appended since
      expect(final).toContain("fold");
    },

    "journals that begin at the same moment all belong to their owner": async () => {
      const owner = freshName();
      await Promise.all(numbers.map((i) => append(store(), `{${owner}}pair:${i}`, `[${i}],`, { owner })));
      expect(await store().journalsOf(owner)).toHaveLength(many);
    },
  };
}

function entriesOf(journal: string): number[] {
  return (JSON.parse(`[${journal.slice(0, -1)}]`) as readonly (readonly [number])[]).map(([first]) => first);
}
