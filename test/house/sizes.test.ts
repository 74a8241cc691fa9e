import { describe, expect, it } from "vitest";
import { type SourceFile, sourceFile, sourceFiles } from "./source-files.js";

const longest = 200;
const vague = /(^|\/)(utils?|helpers?|misc|common|types|manager|data|info|index)(\.ts$|\/)/;

/** Files that hold more than one thing, by their length or their name. */
function oversized({ path, text }: SourceFile): string[] {
  const lines = text.trimEnd().split("\n").length;
  const found = [];
  if (lines > longest) found.push(`${path}: ${lines} lines`);
  if (vague.test(path.replace("src/index.ts", ""))) found.push(`${path}: its name says nothing`);
  if (!/^[a-z0-9-]+$/.test(path.slice(path.lastIndexOf("/") + 1, -".ts".length))) found.push(`${path}: not kebab-case`);
  return found;
}

describe("sizes", () => {
  const files = sourceFiles();

  it("one thing a file", () => expect(files.flatMap(oversized)).toEqual([]));

  it("the median file is about fifty lines", () => {
    const sizes = files.map(({ text }) => text.trimEnd().split("\n").length).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(60);
  });

  it.each([
    ["a long file", "src/core/engine/x.ts", "\n".repeat(300).replaceAll("\n", "x\n")],
    ["a vague name", "src/core/engine/utils.ts", ""],
    ["a vague room", "src/helpers/x.ts", ""],
    ["an index room", "src/schema/index.ts", ""],
    ["a name in capitals", "src/core/engine/Engine.ts", ""],
  ])("catches a forged violation: %s", (_, path, text) => expect(oversized(sourceFile(path, text))).toHaveLength(1));
});
