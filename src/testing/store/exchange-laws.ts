import { expect } from "vitest";
import type { LoginStore } from "../../stores/store.js";
import type { Laws } from "./laws.js";
import { append, freshName, part, read } from "./parts.js";

/** What an exchange promises to one caller. */
export function exchangeLaws(store: () => LoginStore): Laws {
  return {
    "an unknown key is empty, and reading it leaves nothing behind": async () => {
      const owner = freshName();
      const [answer] = await store().exchange([part(`{${owner}}account:x`, { owner })]);
      expect(answer?.journal).toBe("");
      expect(await store().journalsOf(owner)).toEqual([]);
    },

    "nothing asked, nothing answered": async () => expect(await store().exchange([])).toEqual([]),

    "stamped entries get the time of the exchange, and entries with a time stand behind them": async () => {
      const stamped = [',"a",0,"s",1,0],', ',"a",2,"t",1,0],'];
      const [answer] = await store().exchange([part(`{${freshName()}}`, { stamped, entries: '[5,"b",1,"s",1,0],' })]);
      const { at, journal } = answer!;
      expect(Number.isSafeInteger(at)).toBe(true);
      expect(journal).toBe(`[${at},"a",0,"s",1,0],[${at},"a",2,"t",1,0],[5,"b",1,"s",1,0],`);
    },

    "what is appended stands at the end, and one's own last": async () => {
      const key = `{${freshName()}}`;
      expect(await append(store(), key, "[1],")).toBe("[1],");
      expect(await append(store(), key, "[2],")).toBe("[1],[2],");
      expect(await append(store(), key, "[2],")).toBe("[1],[2],[2],");
      expect(await read(store(), key)).toBe("[1],[2],[2],");
    },

    "time never goes back from one exchange to the next": async () => {
      const key = `{${freshName()}}`;
      const ats: number[] = [];
      for (let i = 0; i < 20; i++) ats.push((await store().exchange([part(key, { stamped: [`,${i}],`] })]))[0]!.at);
      expect(ats).toEqual(ats.toSorted((a, b) => a - b));
    },

    "answers stand in the order of the parts, written and read ones mixed, of one tag and of several": async () => {
      const [one, two] = [freshName(), freshName()];
      await append(store(), `{${one}}kept`, "[0],");
      const answers = await store().exchange([
        part(`{${two}}z`, { entries: "[1]," }),
        part(`{${one}}kept`),
        part(`{${one}}a`, { entries: "[2],", owner: one }),
        part(`{${two}}none`),
        part(`{${one}}kept-too`, { entries: "[3],", owner: one }),
        part(`{${two}}a`, { entries: "[4],", owner: two }),
      ]);
      expect(answers.map(({ journal }) => journal)).toEqual(["[1],", "[0],", "[2],", "", "[3],", "[4],"]);
    },

    "two hundred parts at once": async () => {
      const owner = freshName();
      const parts = Array.from({ length: 200 }, (_, i) => part(`{${owner}}many:${i}`, { owner, entries: i % 3 === 0 ? "" : `[${i}],` }));
      const answers = await store().exchange(parts);
      expect(answers.map(({ journal }) => journal)).toEqual(parts.map(({ entries }) => entries));
    },

    "a journal of a hundred thousand characters": async () => {
      const key = `{${freshName()}}`;
      const long = `["${"x".repeat(100_000)}"],`;
      await append(store(), key, long);
      expect(await append(store(), key, "[1],")).toBe(`${long}[1],`);
    },
  };
}
