import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { doors } from "./doors.js";
import { blocksOf, docstringExamples, type Example, runExample, statedResults } from "./example-code.js";
import { filesBelow, root, sourceFile, sourceFiles, textOf } from "./source-files.js";

const entries = { ...doors, vitest: { describe, expect, it } };
const pages = ["README.md", "CHANGELOG.md", ...filesBelow("docs", [".md"]), ...filesBelow("fixtures", [".md"])];

describe("pages", async () => {
  const blocks = pages.flatMap((page) => blocksOf(page, textOf(page)));
  // what registers tests of its own runs while tests are collected, as it would in a user's file
  const registers = blocks.filter(registersTests);

  it("there are examples, and they state results", () => {
    expect(blocks.length).toBeGreaterThan(15);
    expect(blocks.reduce((sum, block) => sum + statedResults(block), 0)).toBeGreaterThan(20);
  });

  it.each(blocks.filter((block) => !registers.includes(block)))("$from", (block) => runExample(block, entries));

  for (const block of registers) await runExample(block, entries);
});

describe("docstrings", async () => {
  const examples = sourceFiles().flatMap(({ path, text }) => docstringExamples(path, text));

  it("there are examples", () => expect(examples.length).toBeGreaterThan(40));

  const run = async (example: Example): Promise<void> => {
    const [path] = example.from.split(" ");
    // at hand are the names of the file itself and of what it imports
    const near = [path!, ...sourceFile(path!, textOf(path!)).imports.filter((target) => target.startsWith("src/"))];
    const modules = await Promise.all(near.map((target) => import(join(root, target))));
    await runExample(example, {
      ...entries,
      zod: { z },
      ...Object.fromEntries(near.map((target, i) => [target, modules[i] as Record<string, unknown>])),
    });
  };

  it.each(examples.filter((example) => !registersTests(example)))("$from", run);

  for (const example of examples.filter(registersTests)) await run(example);
});

/** Whether an example registers tests of its own. */
function registersTests({ code }: Example): boolean {
  return /\bdescribe(Rule|Detector|Store)\(|^\s*(describe|it)\(/m.test(code);
}

/** Links of a page to files that are not there. */
function brokenLinks(page: string, text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link!);
  return links.filter((link) => !existsSync(join(root, dirname(page), link))).map((link) => `${page}: ${link}`);
}

describe("links", () => {
  it("lead somewhere", () => expect(pages.flatMap((page) => brokenLinks(page, textOf(page)))).toEqual([]));
  it("catches a forged broken link", () => expect(brokenLinks("README.md", "see [there](docs/not-there.md)")).toHaveLength(1));
});

describe("the runner of examples", () => {
  it.each([
    ["a wrong result", "canonicalAccount(' Ann '); //=> 'bob'"],
    ["a wrong result of a constant", "const two = 1 + 1; //=> 3"],
    ["a wrong result on the next line", "isMultiFactor([\n  'pwd',\n]);\n//=> true"],
    ["an example that throws", "createState({ maxGroups: 0 });"],
    ["an entry point that is not there", 'import { x } from "portcullis/nowhere";\nx;'],
  ])("catches %s", async (_, code) => {
    await expect(runExample({ from: "forged", code }, entries)).rejects.toThrow();
  });

  it("accepts what is right", () =>
    runExample({ from: "fine", code: "canonicalAccount(' Ann '); //=> 'ann'\nconst n = { a: [1] }; //=> { a: [1] }" }, entries));
});
