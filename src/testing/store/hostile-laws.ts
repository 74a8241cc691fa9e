import { expect } from "vitest";
import type { LoginStore } from "../../stores/store.js";
import type { Laws } from "./laws.js";
import { append, freshName, part, read } from "./parts.js";

const printable = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCharCode(0x20 + i));

const nasty = [
  "'; drop table portcullis_journal; --",
  "$1",
  "%s%d%n",
  "\\u0000\\",
  "*?[a-z]",
  "{}",
  "}{",
  "{x}",
  "__proto__",
  "NaN",
  "null",
  "()",
];

/** Keys and entries that mean something to somebody else. */
export function hostileLaws(store: () => LoginStore): Laws {
  return {
    "keys that differ in one character, every printable one, are different keys": async () => {
      const tag = freshName();
      const parts = [...printable, ...nasty].map((text, i) => part(`{${tag}}account:${text}`, { entries: `[${i}],` }));
      await store().exchange(parts);
      const answers = await store().exchange(parts.map(({ key }) => part(key)));
      expect(answers.map(({ journal }) => journal)).toEqual(parts.map(({ entries }) => entries));
    },

    "upper and lower case, a space at the end and no space are different keys": async () => {
      const tag = freshName();
      const keys = ["a", "A", "a ", " a", "a\t"].map((text) => `{${tag}}${text}`);
      for (const [i, key] of keys.entries()) expect(await append(store(), key, `[${i}],`)).toBe(`[${i}],`);
    },

    "keys of ten thousand characters that differ in the last": async () => {
      const long = `{${freshName()}}${"k".repeat(10_000)}`;
      expect(await append(store(), `${long}a`, "[1],")).toBe("[1],");
      expect(await append(store(), `${long}b`, "[2],")).toBe("[2],");
      expect(await read(store(), `${long}a`)).toBe("[1],");
    },

    "owners of five thousand characters that differ in the last": async () => {
      const owner = `${freshName()}${"o".repeat(5_000)}`;
      for (const end of ["a", "b"]) await append(store(), `{${owner}${end}}account:x`, `["${end}"],`, { owner: `${owner}${end}` });
      expect((await store().journalsOf(`${owner}a`)).map(({ journal }) => journal)).toEqual(['["a"],']);
    },

    "entries keep every printable character": async () => {
      const key = `{${freshName()}}`;
      const texts = [...printable, ...nasty].map((text) => `,${JSON.stringify(text)},1],`);
      const [answer] = await store().exchange([part(key, { stamped: texts, entries: `[1${texts.join("[1")}` })]);
      const { at, journal } = answer!;
      expect(journal).toBe(texts.map((text) => `[${at}${text}`).join("") + texts.map((text) => `[1${text}`).join(""));
      expect(await read(store(), key)).toBe(journal);
    },
  };
}
