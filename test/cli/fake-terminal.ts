import type { Terminal } from "../../src/cli/terminal.js";

/** A terminal that remembers what was written to it. */
export interface FakeTerminal extends Terminal {
  readonly written: () => string;
  readonly complaints: () => string;
}

/** A terminal without colour whose standard input is the text given, in small blocks. */
export function fakeTerminal(input = "", { colour = false, progress = false } = {}): FakeTerminal {
  let [out, err, now] = ["", "", 0];
  return {
    out: async (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    input: blocksOf(new TextEncoder().encode(input)),
    colour,
    progress,
    elapsed: () => {
      now += 1000;
      return now;
    },
    year: 2026,
    written: () => out,
    complaints: () => err,
  };
}

/** Blocks so small that they cut lines, items and characters in two. */
async function* blocksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 61) yield bytes.slice(from, from + 61);
}
