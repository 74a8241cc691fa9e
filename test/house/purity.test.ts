import { describe, expect, it } from "vitest";
import { type SourceFile, sourceFile, sourceFiles } from "./source-files.js";

/** Hidden inputs and outputs that the ES library offers, beyond what the second tsconfig already refuses. */
const impure: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a clock", /\bDate\.now\b|\bnew Date\b|\bDate\s*\(|\bperformance\b/],
  ["randomness", /\bMath\.random\b|\bcrypto\b/],
  ["the host", /\bprocess\b|\bglobalThis\b|\bconsole\b|\bfetch\s*\(/],
  ["a timer", /\bsetTimeout\b|\bsetInterval\b|\bqueueMicrotask\b/],
  ["the host's locale or time zone", /\btoLocale\w+|\bIntl\b|\blocaleCompare\b/],
  ["a promise", /\basync\b|\bawait\b|\bPromise\b/],
  ["code from text", /\beval\s*\(|\bnew Function\b/],
  ["an escape from types", /\bas any\b|: any\b|@ts-ignore|@ts-expect-error/],
];

/** Every hidden input in a file of the core; comments may speak of them. */
function impurities({ path, text }: SourceFile): string[] {
  if (!path.startsWith("src/core/")) return [];
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
  return impure.filter(([, pattern]) => pattern.test(code)).map(([what]) => `${path}: ${what}`);
}

describe("purity", () => {
  const core = sourceFiles().filter(({ path }) => path.startsWith("src/core/"));

  it("looks at the whole core", () => expect(core.length).toBeGreaterThan(60));
  it("has no hidden input", () => expect(core.flatMap(impurities)).toEqual([]));

  it.each([
    ["const now = Date.now();"],
    ["const day = new Date(at).getHours();"],
    ["const id = Math.random();"],
    ["if (process.env.DEBUG) throw new Error();"],
    ["setTimeout(() => sweep(), 1000);"],
    ["export async function decide() {}"],
    ["names.sort((a, b) => a.localeCompare(b));"],
    ["const loose = value as any;"],
  ])("catches a forged violation: %s", (text) => expect(impurities(sourceFile("src/core/engine/x.ts", text))).toHaveLength(1));
});
