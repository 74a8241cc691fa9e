import { readFileSync } from "node:fs";

/** A fenced block of JSON on a page of the reference. */
export interface DocBlock {
  readonly line: number;
  readonly json: unknown;
}

/** The ```json blocks of a page in `docs/reference`. */
export function docBlocks(page: string): readonly DocBlock[] {
  const text = readFileSync(new URL(`../../docs/reference/${page}`, import.meta.url), "utf8");
  return [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(({ 1: code, index }) => ({
    line: text.slice(0, index).split("\n").length,
    json: JSON.parse(code!) as unknown,
  }));
}
